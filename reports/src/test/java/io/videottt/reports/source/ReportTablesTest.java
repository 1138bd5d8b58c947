package io.videottt.reports.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measured;
import io.videottt.reports.Results;
import io.videottt.reports.paper.PaperTables;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.source.SampleSources.Clashing;
import io.videottt.reports.source.SampleSources.Counting;
import io.videottt.reports.source.SampleSources.Empty;
import io.videottt.reports.source.SampleSources.Endless;
import io.videottt.reports.source.SampleSources.Failing;
import io.videottt.reports.source.SampleSources.Other;
import io.videottt.reports.source.SampleSources.Outdated;
import io.videottt.reports.source.SampleSources.Placeless;
import io.videottt.reports.source.SampleSources.Unmade;
import io.videottt.reports.table.Table;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTablesTest {

  private static final EvaluationSet SET = new EvaluationSet("camvid", "test", Task.SEMANTIC);

  @TempDir private Path jar;

  private static TableInput input() {
    return new TableInput(
        new Results(List.of(Measured.fixed(SET, 40)), List.of()),
        PublishedResults.load(),
        (method, task) -> Optional.empty(),
        List.of());
  }

  /** As with a jar that names the classes, which Spark's loader of an application's jars has. */
  private ReportTables with(Class<?>... sources) throws IOException {
    return named(Arrays.stream(sources).map(Class::getName).collect(Collectors.joining("\n")));
  }

  private ReportTables named(String list) throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(TableSource.class.getName()), list);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return ReportTables.of(input(), name -> name.equals("results"));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<String> names(ReportTables tables) {
    return tables.tables().stream().map(each -> each.table().name()).toList();
  }

  @Test
  void aSourceOfAnotherJarStandsBehindThisProjectsTables() throws IOException {
    ReportTables own = ReportTables.of(input(), name -> false);
    ReportTables more = with(Counting.class);

    assertThat(names(own)).contains("table1-camvid-test-semantic").doesNotContain("counted");
    assertThat(names(more).subList(0, names(own).size())).isEqualTo(names(own));
    assertThat(names(more)).endsWith("counted").doesNotHaveDuplicates();
    assertThat(more.at(ReportTable.Place.RESULTS)).extracting(Table::name).endsWith("counted");
    assertThat(more.leftOut()).isEmpty();
    assertThat(more.notice()).isEmpty();
  }

  @Test
  void whatASourceThrowsIsNamedWithItsPlaceAndTheOthersTablesAreThere() throws IOException {
    ReportTables tables =
        with(
            Failing.class,
            Outdated.class,
            Endless.class,
            Empty.class,
            Placeless.class,
            Counting.class);

    assertThat(names(tables)).contains("table1-camvid-test-semantic", "counted");
    assertThat(tables.leftOut())
        .extracting(LeftOutSource::name)
        .containsExactlyInAnyOrder(
            Failing.class.getName(),
            Outdated.class.getName(),
            Endless.class.getName(),
            Empty.class.getName(),
            Placeless.class.getName());
    assertThat(tables.leftOut())
        .extracting(LeftOutSource::sentence)
        .allSatisfy(sentence -> assertThat(sentence).doesNotContain("\n"))
        .anySatisfy(
            sentence ->
                assertThat(sentence)
                    .matches(
                        ".*\\$Failing are left out: IllegalStateException at"
                            + " SampleSources\\.java:\\d+: no such.*"))
        .anySatisfy(sentence -> assertThat(sentence).contains("NoSuchMethodError", "Results.size"))
        .anySatisfy(sentence -> assertThat(sentence).contains("StackOverflowError"))
        .anySatisfy(sentence -> assertThat(sentence).contains("$Empty", "null"));
    assertThat(tables.notice().orElseThrow().rows()).hasSize(5);
  }

  @Test
  void aClassThatCannotBeMadeIsNamedAndTheOthersTablesAreThere() throws IOException {
    ReportTables tables =
        named(
            String.join(
                "\n",
                "org.example.Gone",
                Other.class.getName(),
                Unmade.class.getName(),
                Counting.class.getName()));

    assertThat(names(tables)).contains("table1-camvid-test-semantic", "counted");
    assertThat(tables.leftOut())
        .extracting(LeftOutSource::reason)
        .hasSize(3)
        .anySatisfy(reason -> assertThat(reason).contains("org.example.Gone"))
        .anySatisfy(reason -> assertThat(reason).contains("$Other"))
        .anySatisfy(reason -> assertThat(reason).contains("$Unmade", "not today"));
  }

  @Test
  void aListThatIsNoneIsNamed() throws IOException {
    ReportTables tables = named("no class name at all");

    assertThat(names(tables)).contains("table1-camvid-test-semantic");
    assertThat(tables.leftOut())
        .singleElement()
        .satisfies(source -> assertThat(source.reason()).contains(TableSource.class.getName()));
  }

  @Test
  void twoSourcesWithATableOfOneNameAreBothNamedWhateverItsCapitals() {
    assertThatThrownBy(() -> with(Clashing.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(PaperTables.class.getName())
        .hasMessageContaining(Clashing.class.getName())
        .hasMessageContaining("Table1-Camvid-test-semantic")
        .hasMessageContaining("another name");
  }

  @Test
  void namesOfOtherPartsOfTheReportAreTaken() {
    TableNames names = new TableNames(name -> name.equals("results"));

    assertThatThrownBy(() -> names.of(SampleSources.table("Results").table(), Counting.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(Counting.class.getName())
        .hasMessageContaining("Results");
  }

  @Test
  void tablesOfOneSourceThatDataGiveOneNameAreNumbered() {
    TableNames names = new TableNames(name -> false);

    assertThat(
            List.of("a", "a", "A", "b", "a-2").stream()
                .map(name -> names.of(SampleSources.table(name).table(), Counting.class)))
        .containsExactly("a", "a-2", "A-3", "b", "a-2-2");
    // The anchor of the first one's heading.
    assertThatThrownBy(() -> names.of(SampleSources.table("a-caption").table(), Empty.class))
        .isInstanceOf(InvalidInputException.class);
  }
}
