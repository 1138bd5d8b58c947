package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.Results;
import io.videottt.reports.SplitCount;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.source.SourcedTables;
import io.videottt.reports.table.RowGroup;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The paper's Tables 1, 4 and 2 of made-up measurements, character by character: of every method of
 * the paper, both controls, and a method that is neither.
 */
class GoldenTablesTest {

  private static final String GOLDEN = "golden-tables.md";

  /** A method that the paper does not know, as one from elsewhere is. */
  private static final String UNKNOWN = "cotta";

  private static final List<EvaluationSet> SETS =
      List.of(
          new EvaluationSet("kitti-step", "test", Task.SEMANTIC),
          new EvaluationSet("embedded", "test", Task.SEMANTIC),
          new EvaluationSet("embedded", "test", Task.PANOPTIC));

  private static List<Measurement> measurements() {
    Set<String> methods = new LinkedHashSet<>();
    PublishedResults.load().tables().stream()
        .flatMap(table -> table.rows().stream())
        .forEach(row -> methods.add(row.method()));
    methods.addAll(List.of(UNKNOWN, "foreign-frames", "standardised-fixed"));
    List<Measurement> measurements = new ArrayList<>();
    for (EvaluationSet set : SETS) {
      double mean = 30 + 5 * SETS.indexOf(set);
      for (String method : methods) {
        boolean control = method.equals("foreign-frames") || method.equals("standardised-fixed");
        measurements.add(PaperTablesTest.measurement(set, method, "", control, mean));
        mean += 1.25;
      }
    }
    return measurements;
  }

  private static DataSetSummary dataSet(String name) {
    return new DataSetSummary(
        name,
        "Title of " + name,
        List.of("test"),
        List.of(new SplitCount("test", 124, OptionalLong.empty(), "", Map.of())),
        4,
        124,
        31,
        OptionalDouble.of(10),
        List.of("road", "car"));
  }

  private static List<Table> tables() {
    Results results =
        new Results(measurements(), List.of(dataSet("kitti-step"), dataSet("embedded")));
    return SourcedTables.of(results);
  }

  private static String text(String names) {
    return tables().stream()
        .filter(table -> table.name().matches(names))
        .map(TableFormat.MARKDOWN::render)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theTablesOfThePaperAreAsTheyWere() throws IOException {
    String text = text("table[142].*");
    Files.writeString(Path.of(System.getProperty("videottt.build", "target"), GOLDEN), text);
    try (InputStream golden = getClass().getResourceAsStream(GOLDEN)) {
      assertThat(text)
          .as("tables that readers know have changed; where they should, take target/%s", GOLDEN)
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aMethodOutsideThePaperStandsInEveryTableUnderARuleOfItsOwn() {
    for (Table table : tables()) {
      if (!table.name().matches("table[14].*")) {
        continue;
      }
      assertThat(table.apart())
          .as(table.name())
          .extracting(RowGroup::kind)
          .containsExactly(RowGroup.Kind.OUTSIDE, RowGroup.Kind.CONTROL);
      assertThat(table.apart().get(0).rows())
          .as(table.name())
          .singleElement()
          .satisfies(row -> assertThat(row).contains("Title of " + UNKNOWN));
      for (TableFormat format : TableFormat.values()) {
        assertThat(format.render(table)).as("%s as %s", table.name(), format).contains(UNKNOWN);
      }
    }
  }
}
