package io.videottt.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dependencies point down only; Spark and DJL stay where they belong. */
@AnalyzeClasses(
    packages = "io.videottt",
    importOptions = {MainClasses.class})
class ArchitectureTest {

  private static final String ROOT = "io.videottt.";

  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.videottt..")
          .layer("jobs")
          .definedBy("io.videottt.jobs..")
          .layer("adaptation")
          .definedBy("io.videottt.adaptation..")
          .layer("reports")
          .definedBy("io.videottt.reports..")
          .layer("model")
          .definedBy("io.videottt.model..")
          .layer("catalog")
          .definedBy("io.videottt.catalog..")
          .layer("metrics")
          .definedBy("io.videottt.metrics..")
          .layer("io")
          .definedBy("io.videottt.io..")
          .layer("base")
          .definedBy("io.videottt.base..")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("adaptation")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("jobs", "adaptation")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers("jobs", "adaptation")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("jobs", "adaptation", "reports", "model", "catalog")
          .whereLayer("io")
          .mayOnlyBeAccessedByLayers("jobs", "adaptation", "model", "catalog")
          .whereLayer("base")
          .mayOnlyBeAccessedByLayers(
              "jobs", "adaptation", "reports", "model", "catalog", "metrics", "io");

  @ArchTest
  static final ArchRule ONLY_JOBS_SEES_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.videottt.jobs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.parquet..");

  @ArchTest
  static final ArchRule ONLY_MODEL_AND_ADAPTATION_COMPUTE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.videottt.base..",
              "io.videottt.io..",
              "io.videottt.metrics..",
              "io.videottt.catalog..",
              "io.videottt.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule METRICS_DEPEND_ON_NOTHING_ELSE =
      noClasses()
          .that()
          .resideInAnyPackage("io.videottt.metrics..", "io.videottt.base..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "io.videottt.metrics..", "io.videottt.base..", "java..", "org.ejml..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLE =
      slices().matching("io.videottt.(**)").should().beFreeOfCycles();

  /** Top-level classes of a package, by which a reader still finds what there is. */
  private static final int MOST_CLASSES = 40;

  private static final String ARROWS = "package-arrows.txt";

  /**
   * Who may use whom, one package a line: a new arrow is a decision, to be written down in the
   * resource, and one that nobody needs any more is taken out there.
   */
  @Test
  void thePackagesUseEachOtherAsTheListSays() throws IOException {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass type : classes()) {
      Set<String> used = arrows.computeIfAbsent(name(type), unused -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !name(target).equals(name(type))) {
          used.add(name(target));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    arrows.forEach((from, to) -> lines.add(from + " -> " + String.join(", ", to)));
    Files.write(BuildFolder.file(ARROWS), lines);
    try (InputStream list = getClass().getResourceAsStream(ARROWS)) {
      assertThat(lines)
          .as("target/%s has the arrows of today", ARROWS)
          .containsExactlyElementsOf(
              new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Test
  void noPackageHoldsMoreThanAReaderLooksThrough() {
    Map<String, Long> sizes =
        classes().stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(sizes)
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
  }

  @Test
  void theMapInTheDocumentationHasEveryRoom() throws IOException {
    String map = Files.readString(Path.of("../docs/architecture.md"));
    Set<String> rooms =
        classes().stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .map(ArchitectureTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> drawn =
        map.lines()
            .filter(line -> line.matches("\\| `[a-z0-9.]+` \\|.*"))
            .map(line -> line.replaceAll("\\| `([a-z0-9.]+)` \\|.*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(drawn).isEqualTo(rooms);
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  private static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(new MainClasses())
        .importPackages("io.videottt");
  }

  @Test
  void theRulesSeeEveryModule() {
    assertThat(classes().stream().map(type -> type.getPackageName()).distinct())
        .contains(
            "io.videottt.base",
            "io.videottt.io.storage",
            "io.videottt.metrics",
            "io.videottt.catalog",
            "io.videottt.model",
            "io.videottt.adaptation.stream",
            "io.videottt.reports",
            "io.videottt.jobs");
  }
}
