package io.videottt.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Dependencies point down only; Spark and DJL stay where they belong. */
@AnalyzeClasses(
    packages = "io.videottt",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

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
          .resideOutsideOfPackages("io.videottt.metrics..", "io.videottt.base..", "java..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLE =
      slices().matching("io.videottt.(**)").should().beFreeOfCycles();

  @Test
  void theRulesSeeEveryModule() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.videottt");
    assertThat(classes.stream().map(type -> type.getPackageName()).distinct())
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
