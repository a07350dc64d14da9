/// JMH and load; each figure beside a peer measured in the same run.
package org.helpline.benchmarks;
