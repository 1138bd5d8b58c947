package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.results.SyntheticResults;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchReportTest {

  @TempDir private Path folder;

  private TinySweep.Run bench(String... more) {
    String[] arguments = {
      "bench-report", "--output", folder.toString(), "--frames", "4", "--master", "local[1]"
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return TinySweep.run(all);
  }

  @Test
  void generatedResultsAreReportedOnAndWrittenOnce() throws Exception {
    TinySweep.Run run = bench("--rows", "150", "--task", "instance");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("seconds_report", "processor_seconds_report", "peak_memory_mb");
    assertThat(folder.resolve("report/videos-gain-generated-test-instance.md")).exists();
    Path metrics = folder.resolve("metrics");
    try (var files = Files.walk(metrics)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSizeGreaterThan(11);
    }
  }

  @Test
  void otherResultsAreNotMixedWithGeneratedOnes() throws Exception {
    new SyntheticResults(folder)
        .write(
            SyntheticResults.unit(
                "0001", io.videottt.adaptation.method.Methods.MAE_JOINT_TRAINING, 0),
            SyntheticResults.frame(0, "0011", "0011"));

    TinySweep.Run run = bench("--rows", "150");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("holds other results");
  }

  @ParameterizedTest
  @CsvSource({"--rows,5", "--rows,2000000000000", "--task,poetry"})
  void impossibleValuesAreRefused(String option, String value) {
    TinySweep.Run run =
        option.equals("--rows") ? bench(option, value) : bench("--rows", "150", option, value);

    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains(value);
    assertThat(folder).isEmptyDirectory();
  }
}
