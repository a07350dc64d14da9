package org.helpline.simulation;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The table of folders in ARCHITECTURE.md, as rules.
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // What tests lend each other comes packed, and is no more a rule's business than they are.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.helpline");

    private static final String ROUTER = "org.helpline.router..";
    private static final String IVR = "org.helpline.ivr..";
    private static final String TELEPHONY = "org.helpline.telephony..";
    private static final String GATEWAY = "org.helpline.gateway..";
    private static final String STORE = "org.helpline.store..";
    private static final String RECORDS = "org.helpline.records..";
    private static final String RECORD_FOLD = "org.helpline.records.fold..";
    private static final String SIMULATION = "org.helpline.simulation..";
    private static final String HISTORY = "org.helpline.simulation.history..";
    private static final String SWITCHBOARD = "org.helpline.app.switchboard..";

    /// What each module may see of ours, besides itself.
    private static final Map<String, List<String>> MAY_SEE = Map.of(
            ROUTER,
            List.of(),
            IVR,
            List.of(),
            TELEPHONY,
            List.of(),
            STORE,
            List.of(),
            GATEWAY,
            List.of(ROUTER),
            RECORDS,
            List.of(ROUTER, IVR),
            "org.helpline.config..",
            List.of(ROUTER, IVR, TELEPHONY, GATEWAY, RECORDS, STORE));

    /// Of the JDK: values, time as a value, collections. Nothing that waits, asks, writes or throws dice.
    private static final String[] PURE_JDK = {
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.nio.charset",
        "java.security",
        "java.time..",
        "java.util",
        "java.util.function",
        "java.util.stream",
        ""
    };

    static Stream<String> modules() {
        return MAY_SEE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleSeesOnlyWhatItMay(String module) {
        List<String> seen = new ArrayList<>(MAY_SEE.get(module));
        seen.add(module);
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.helpline..").and(not(resideInAnyPackage(seen.toArray(String[]::new)))))
                .check(OURS);
    }

    @Test
    void nothingDependsOnTheSimulation() {
        noClasses()
                .that(not(resideInAPackage(SIMULATION)))
                .should()
                .dependOnClassesThat(resideInAPackage(SIMULATION))
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.helpline.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Impl|Utils?)(\\$.*)?")
                .check(OURS);
    }

    // ---- the pure parts

    @ParameterizedTest
    @ValueSource(strings = {ROUTER, IVR, SWITCHBOARD, RECORD_FOLD})
    void pureCodeKnowsNoClockNoChanceNoThreadsAndNoInputOrOutput(String pure) {
        DescribedPredicate<JavaClass> dangerous = DescribedPredicate.describe(
                "clocks, dice, threads and the process around",
                type -> type.isAssignableTo(Random.class)
                        || Stream.of(
                                        SplittableRandom.class,
                                        UUID.class,
                                        Thread.class,
                                        ThreadLocal.class,
                                        System.class,
                                        Runtime.class,
                                        ProcessBuilder.class,
                                        java.security.SecureRandom.class,
                                        java.time.Clock.class,
                                        java.time.InstantSource.class,
                                        java.util.Timer.class)
                                .anyMatch(forbidden -> type.isEquivalentTo(forbidden)));
        noClasses()
                .that()
                .resideInAPackage(pure)
                .should()
                .dependOnClassesThat(dangerous)
                .check(OURS);
        DescribedPredicate<JavaMethodCall> ambient = DescribedPredicate.describe(
                "read a clock or throw dice",
                call -> (call.getTargetOwner().getPackageName().startsWith("java.time")
                                && call.getName().equals("now"))
                        || (call.getTargetOwner().isEquivalentTo(Math.class)
                                && call.getName().equals("random")));
        noClasses()
                .that()
                .resideInAPackage(pure)
                .should()
                .callMethodWhere(ambient)
                .check(OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTER, IVR})
    void theCoresUseTheJdkAlone(String core) {
        onlySee(core, resideInAnyPackage(PURE_JDK).or(resideInAPackage(core))).check(OURS);
    }

    @Test
    void theSwitchboardSeesTheCoresAndTheCarriersWords() {
        DescribedPredicate<JavaClass> words = DescribedPredicate.describe(
                "commands, events and the census of a carrier",
                type -> Stream.of(CallCommand.class, CallEvent.class, Census.class, CallControl.Capability.class)
                        .anyMatch(word -> type.getName().equals(word.getName())
                                || type.getName().startsWith(word.getName() + "$")));
        onlySee(
                        SWITCHBOARD,
                        resideInAnyPackage(PURE_JDK)
                                .or(resideInAnyPackage(ROUTER, IVR, SWITCHBOARD))
                                .or(words))
                .check(OURS);
    }

    @Test
    void theFoldOfTheRecordsSeesTheCoresAlone() {
        onlySee(RECORD_FOLD, resideInAnyPackage(PURE_JDK).or(resideInAnyPackage(ROUTER, IVR, RECORD_FOLD)))
                .check(OURS);
    }

    /// It judges what the others did, so it may share nothing with them.
    @Test
    void theCheckerOfHistoriesSeesNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(HISTORY)
                .should()
                .dependOnClassesThat(resideInAPackage("org.helpline..").and(not(resideInAPackage(HISTORY))))
                .check(OURS);
    }

    /// The empty package is that of primitive types and their arrays.
    private static ArchRule onlySee(String from, DescribedPredicate<JavaClass> allowed) {
        return classes().that().resideInAPackage(from).should().onlyDependOnClassesThat(allowed);
    }

    /// A dependency on a lock class is caught above; `synchronized` leaves none.
    @Test
    void pureCodeHasNoMonitors() throws Exception {
        for (JavaClass type : OURS.that(resideInAnyPackage(ROUTER, IVR, SWITCHBOARD, RECORD_FOLD))) {
            String file = '/' + type.getName().replace('.', '/') + ".class";
            try (InputStream in = ArchitectureTest.class.getResourceAsStream(file)) {
                for (MethodModel method :
                        ClassFile.of().parse(in.readAllBytes()).methods()) {
                    boolean locks = method.flags().has(java.lang.reflect.AccessFlag.SYNCHRONIZED)
                            || method.code().stream()
                                    .flatMap(CodeModel::elementStream)
                                    .anyMatch(MonitorInstruction.class::isInstance);
                    assertTrue(!locks, type.getName() + "." + method.methodName() + " is synchronized");
                }
            }
        }
    }

    // ---- the build files

    @ParameterizedTest
    @ValueSource(strings = {"router", "ivr"})
    void theCoresAreBuiltWithoutAnything(String module) throws Exception {
        assertEquals(List.of(), dependencies(module, "test"), module + "/pom.xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"router", "ivr", "telephony", "store", "records", "agent-gateway", "config", "app"})
    void noModuleIsBuiltWithTheSimulation(String module) throws Exception {
        assertTrue(!dependencies(module, "").contains("simulation"), module + "/pom.xml");
    }

    private static List<String> dependencies(String module, String exceptScope) throws Exception {
        Path pom = Path.of(System.getProperty("helpline.root"), module, "pom.xml");
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getElementsByTagName("dependency");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            Element dependency = (Element) found.item(i);
            if (text(dependency, "scope").equals(exceptScope) && !exceptScope.isEmpty()) continue;
            names.add(text(dependency, "artifactId"));
        }
        return names;
    }

    private static String text(Element parent, String child) {
        NodeList found = parent.getElementsByTagName(child);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
