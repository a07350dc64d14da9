/// The composition root: runs effects, owns the event loops, codecs, health, metrics and the command line.
package org.helpline.app;
