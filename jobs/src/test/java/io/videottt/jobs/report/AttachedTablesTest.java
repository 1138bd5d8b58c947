package io.videottt.jobs.report;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.reports.paper.SingleTables;
import io.videottt.reports.source.TableSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of another jar go through the whole report. */
class AttachedTablesTest {

  @TempDir private Path folder;
  private Path results;
  private Path report;

  @BeforeEach
  void write() throws IOException {
    results = folder.resolve("results");
    report = folder.resolve("report");
    new SyntheticResults(results)
        .write(
            unit("0001", Methods.MAE_JOINT_TRAINING, 0),
            frame(0, "0011", "0011"),
            frame(1, "0011", "0001"));
  }

  /** The sources are found as in a jar of {@code --jars}: by the loader of the thread. */
  private TinySweep.Run report(Class<?>... sources) throws IOException {
    Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
    Files.writeString(
        services.resolve(TableSource.class.getName()),
        Arrays.stream(sources).map(Class::getName).collect(Collectors.joining("\n")));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] jar = {folder.resolve("jar").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jar, before)) {
      thread.setContextClassLoader(loader);
      return TinySweep.report(results, report);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aTableOfAnotherJarStandsInEveryOutput() throws IOException {
    TinySweep.Run run = report(AttachedTables.Means.class);

    assertThat(run.status()).as(run.err()).isZero();
    String page = Files.readString(report.resolve("index.html"));
    assertThat(run.out()).contains("### Means & nothing \\<else>");
    assertThat(run.out().indexOf("### Means")).isLessThan(run.out().indexOf("### Table 1"));
    assertThat(Files.readString(report.resolve("means-alone.csv")))
        .contains("MAE Joint Training,79.17");
    assertThat(Files.readString(report.resolve("means-alone.md"))).contains("| 79.17 |");
    assertThat(Files.readString(report.resolve("means-alone.tex"))).contains("Means \\& nothing");
    assertThat(page)
        .contains("id=\"means-alone\"", "Means &amp; nothing &lt;else&gt;")
        .contains("id=\"means-csv\"", "id=\"means-page\"");
    assertThat(page.indexOf("id=\"means-alone\"")).isLessThan(page.indexOf("id=\"table1-tiny"));
    assertThat(page.indexOf("id=\"means-csv\"")).isGreaterThan(page.indexOf("id=\"details\""));
    assertThat(page.indexOf("id=\"means-page\"")).isGreaterThan(page.indexOf("id=\"runs\""));
    assertThat(TinySweep.visibleFiles(report))
        .contains("means-csv.csv")
        .doesNotContain("means-csv.md", "means-csv.tex", "means-page.csv", "means-page.md");
  }

  @Test
  void aTableThatThrowsIsLeftOutByNameAndTheOthersAreWritten() throws IOException {
    TinySweep.Run run = report(AttachedTables.Broken.class, AttachedTables.Means.class);

    assertThat(run.status()).isEqualTo(1);
    String broken = AttachedTables.Broken.class.getName();
    String page = Files.readString(report.resolve("index.html"));
    assertThat(run.out())
        .contains("Tables of " + broken + " are left out: ")
        .contains("AttachedTables.java:");
    assertThat(page).contains("id=\"left-out-tables\"", broken, "id=\"means-alone\"");
    assertThat(Files.readString(report.resolve("left-out-tables.md"))).contains(broken);
    assertThat(TinySweep.visibleFiles(report))
        .contains("means-alone.md", "verdict.md", "table2.md");
  }

  @Test
  void aNameThatTwoClassesGiveEndsTheReportWithBothBeforeAnythingIsWritten() throws IOException {
    TinySweep.Run run = report(AttachedTables.Clashing.class);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList())
        .hasSizeLessThanOrEqualTo(2)
        .first()
        .asString()
        .contains(AttachedTables.Clashing.class.getName(), SingleTables.class.getName());
    assertThat(report).doesNotExist();
  }

  @Test
  void aNameOfThePagesOwnIsRefused() throws IOException {
    TinySweep.Run run = report(AttachedTables.Presuming.class);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(AttachedTables.Presuming.class.getName(), "verdict");
    assertThat(report).doesNotExist();
  }
}
