package io.videottt.jobs.results;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Case 29: names out of stored results are foreign. One report of results whose data sets, splits,
 * videos, models, variants, classes and titles are attacks, looked at from every side.
 */
class HostileNamesTest {

  /** A path, markup, a formula, a terminal's title, a turned direction, table and LaTeX syntax. */
  private static final String ATTACK =
      "=1+1|../../../outside<script>alert(1)</script>\u001b]0;taken\u0007\u202e"
          + "\\|\\input{/etc/passwd}%$#&_^~`*[x](javascript:alert(1)),\"\n\r\t\u0000";

  private static final String NO_PATH = ATTACK.replace('/', '\\');

  @TempDir private static Path parent;
  private static Path output;
  private static TinySweep.Run run;

  private static Unit unit(String dataset, String video, Method method, String model) {
    return new Unit(
        new Adaptation(
            dataset,
            "x/../../../outside" + ATTACK,
            video,
            2,
            method,
            method == Methods.ONLINE_TTT_MAE ? ATTACK : "",
            AdaptationSettings.small(),
            0,
            model,
            null,
            "/models/model",
            model + ATTACK,
            "",
            1),
        Task.SEMANTIC);
  }

  @BeforeAll
  static void report() throws IOException {
    Path folder = parent.resolve("results");
    output = parent.resolve("below/below/output");
    SyntheticResults results = new SyntheticResults(folder);
    for (String model : List.of(ATTACK, "-" + ATTACK)) {
      for (Method method : List.of(Methods.MAE_JOINT_TRAINING, Methods.ONLINE_TTT_MAE)) {
        for (String video : List.of(NO_PATH, "@" + NO_PATH)) {
          results.write(
              unit("tiny", video, method, model), frame(0, "0011", "0111"), frame(1, "01", "01"));
        }
      }
    }
    new ResultsFolder(folder.toString(), new Configuration())
        .commitDataSet(
            StoredDataSet.untitled("tiny", ATTACK, 10, List.of(ATTACK, "+" + ATTACK, "plain")),
            SyntheticResults.RUN);
    // The same once more under the name of a data set that is a path.
    try (Stream<Path> files = Files.walk(folder.resolve("metrics/dataset=tiny"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path other =
            Path.of(
                file.toString()
                    .replace("dataset=tiny", "dataset=..%2F..%2F..%2Foutside%3Cb%3E%1B%5B31m"));
        Files.createDirectories(other.getParent());
        Path copy = other.resolveSibling(Sha256.id(file.toString()) + ".parquet");
        try (var session = SyntheticResults.session()) {
          Path rows = parent.resolve("rows");
          session
              .read()
              .parquet(file.toString())
              .withColumn(
                  MetricsSchema.UNIT_ID,
                  org.apache.spark.sql.functions.lit(Sha256.id(file.toString())))
              .coalesce(1)
              .write()
              .mode("overwrite")
              .parquet(rows.toString());
          try (Stream<Path> parts = Files.list(rows)) {
            Files.move(
                parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow(),
                copy);
          }
        }
      }
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "report",
                "--results",
                folder.toString(),
                "--output",
                output.toString(),
                "--master",
                "local[1]"));
    arguments.addAll(TinySweep.QUICK_QUERIES);
    run = TinySweep.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  private static List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<String> texts(String extension) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : written()) {
      if (file.toString().endsWith(extension)) {
        texts.add(Files.readString(file));
      }
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }

  @Test
  void case29NothingIsWrittenOutsideTheOutputFolder() throws IOException {
    try (Stream<Path> all = Files.walk(parent)) {
      assertThat(all.filter(Files::isRegularFile).map(file -> parent.relativize(file).toString()))
          .allMatch(
              file ->
                  file.startsWith("results/")
                      || file.startsWith("rows/")
                      || file.startsWith("below/below/output/"));
    }
    assertThat(parent.resolveSibling("outside")).doesNotExist();
  }

  @Test
  void fileNamesAreOfAClosedSetOfCharactersAndNoTwoTablesShareOne() throws IOException {
    assertThat(written())
        .allMatch(file -> file.getFileName().toString().matches("\\.?\\w[\\w.-]{0,199}"));
    // Two models on two data sets.
    assertThat(
            written().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith("videos-gain-") && name.endsWith(".csv")))
        .hasSize(4);
  }

  @Test
  void noControlCharacterAndNoTurnedDirectionReachesConsoleOrFile() throws IOException {
    List<String> texts = new ArrayList<>(List.of(run.out(), run.err()));
    for (String extension : List.of("md", "csv", "tex", "html", "svg", "json")) {
      texts.addAll(texts(extension));
    }
    assertThat(texts)
        .noneMatch(text -> Pattern.compile("[\\p{Cc}&&[^\n\r\t]]").matcher(text).find());
    assertThat(texts).noneMatch(text -> text.contains("\u202e"));
  }

  @Test
  void nothingBecomesMarkupOnThePage() throws IOException {
    for (String html : texts("html")) {
      assertThat(html)
          .contains("&lt;script&gt;alert(1)")
          .doesNotContain("<script>alert", "<b>\ufffd");
      assertThat(html.split("<script", -1)).hasSize(2);
    }
    assertThat(texts("svg")).noneMatch(svg -> svg.contains("<script"));
  }

  @Test
  void noCellOfACommaSeparatedFileIsAFormula() throws IOException {
    for (String csv : texts("csv")) {
      for (String line : csv.split("\r\n")) {
        // Neither commas nor line breaks within quotes hide a cell's beginning.
        Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))")
            .matcher(line)
            .results()
            .map(cell -> cell.group(1) == null ? cell.group(2) : cell.group(1))
            .filter(cell -> cell.matches("[=+@\t\r-].*"))
            .forEach(cell -> assertThat(cell).matches("[+-][0-9.]+( \\[.*\\])?"));
      }
    }
    assertThat(texts("csv")).anyMatch(csv -> csv.contains("'=1+1|"));
  }

  @Test
  void everyRowOfAMarkdownTableHasTheCellsOfItsHeadingAndNoLinkOrMarkup() throws IOException {
    for (String markdown : texts("md")) {
      List<Integer> cells =
          markdown
              .lines()
              .filter(line -> line.startsWith("|"))
              .map(line -> line.replaceAll("\\\\.", "").split("\\|", -1).length)
              .distinct()
              .toList();
      boolean table = !markdown.startsWith("## ");
      assertThat(cells).as(markdown).hasSize(table ? 1 : 0);
      String bare = markdown.replaceAll("\\\\.", "");
      assertThat(bare).doesNotContain("<script", "](javascript", "`");
    }
  }

  @Test
  void latexReadsNoCommandOfAName() throws IOException {
    for (String latex : texts("tex")) {
      assertThat(latex).doesNotContain("\\input").contains("\\begin{tabular}");
    }
    assertThat(texts("tex"))
        .anyMatch(latex -> latex.contains("\\textbackslash{}input\\{/etc/passwd\\}\\%\\$\\#\\&"));
  }

  @Test
  void aRefusalShowsTheNameWithoutItsEscapes() throws IOException {
    Path folder = parent.resolve("results");
    Path bad =
        folder.resolve("metrics/dataset=tiny/task=semantic/method=%1B%5B31mred/video=v/x.parquet");
    Files.createDirectories(bad.getParent());
    byte[] any;
    try (Stream<Path> files = Files.walk(folder)) {
      any =
          Files.readAllBytes(
              files.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    Files.write(bad, any);
    try {
      TinySweep.Run refused = TinySweep.report(folder, parent.resolve("results/none"));
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err().getBytes(StandardCharsets.UTF_8)).doesNotContain((byte) 27);
      assertThat(Arrays.asList(refused.err().split("\n"))).hasSizeLessThanOrEqualTo(2);
    } finally {
      Files.delete(bad);
    }
  }
}
