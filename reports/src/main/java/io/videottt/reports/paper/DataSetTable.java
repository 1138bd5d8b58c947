package io.videottt.reports.paper;

import io.videottt.reports.DataSetSummary;
import io.videottt.reports.Titles;
import io.videottt.reports.published.PublishedDataSet;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.source.TableSource;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The paper's Table 2, with what was counted in the results beside what it prints. */
public final class DataSetTable implements TableSource {

  private static final List<String> HEADER =
      List.of(
          "Data set",
          "Splits",
          "Videos",
          "Annotated frames",
          "s/video",
          "published",
          "Frames",
          "published",
          "fps",
          "published",
          "Classes",
          "published");
  private static final PublishedDataSet NONE =
      new PublishedDataSet(null, null, null, null, null, null);

  @Override
  public int order() {
    return 200;
  }

  @Override
  public List<ReportTable> tables(TableInput input) {
    List<DataSetSummary> counted = input.results().dataSets();
    return counted.isEmpty()
        ? List.of()
        : List.of(
            ReportTable.detail(
                Portions.of(input)
                    .noted(
                        of(input.published().dataSets(), counted),
                        ModelResults.sets(input.results().measurements()))));
  }

  /**
   * The table.
   *
   * @param published what the paper prints
   * @param counted what was evaluated
   */
  public static Table of(List<PublishedDataSet> published, List<DataSetSummary> counted) {
    Titles titles = Titles.of(counted);
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> identifiers = new ArrayList<>();
    List<DataSetSummary> others = new ArrayList<>(counted);
    for (PublishedDataSet printed : published) {
      Optional<DataSetSummary> own =
          counted.stream().filter(set -> set.name().equals(printed.dataset())).findFirst();
      own.ifPresent(others::remove);
      rows.add(row(printed.title(), own, printed, titles));
      identifiers.add(
          List.of(
              own.map(DataSetSummary::name).orElse(Table.DASH),
              own.map(DataSetTable::splits).orElse(Table.DASH)));
    }
    for (DataSetSummary set : others) {
      rows.add(row(titles.dataSet(set.name()), Optional.of(set), NONE, titles));
      identifiers.add(List.of(set.name(), splits(set)));
    }
    return new Table(
            "table2",
            "Table 2: data sets, the paper's and those of these results",
            HEADER,
            2,
            rows,
            List.of(),
            notes(counted))
        .withIdentifiers(List.of("dataset", "split names"), identifiers);
  }

  private static String splits(DataSetSummary set) {
    return String.join(" ", set.splits());
  }

  private static List<String> notes(List<DataSetSummary> counted) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Counted in the results: the videos of the named splits that were run, one row per frame;"
            + " frames with ground truth of the task that has most; s/video = frames / fps /"
            + " videos. published: the paper, all splits.");
    List<String> unknown =
        counted.stream()
            .filter(set -> set.framesPerSecond().isEmpty())
            .map(DataSetSummary::title)
            .toList();
    if (!unknown.isEmpty()) {
      notes.add(
          "The results do not tell frame rate and classes of %s: every file has its own rate and none is annotated, or they are older, and the next sweep into their folder will tell."
              .formatted(String.join(", ", unknown)));
    }
    return notes;
  }

  private static List<String> row(
      String title, Optional<DataSetSummary> counted, PublishedDataSet printed, Titles titles) {
    List<String> own = counted.map(set -> cells(set, titles)).orElseGet(DataSetTable::dashes);
    return List.of(
        title,
        own.get(0),
        own.get(1),
        own.get(2),
        own.get(3),
        Cells.shortest(printed.secondsPerVideo()),
        own.get(4),
        Cells.shortest(printed.frames()),
        own.get(5),
        Cells.shortest(printed.framesPerSecond()),
        own.get(6),
        Cells.shortest(printed.classes()));
  }

  private static List<String> dashes() {
    return Collections.nCopies(7, Table.DASH);
  }

  private static List<String> cells(DataSetSummary set, Titles titles) {
    boolean timed = set.framesPerSecond().isPresent();
    double rate = set.framesPerSecond().orElse(Double.NaN);
    return Arrays.asList(
        set.splits().stream()
            .map(split -> titles.split(set.name(), split))
            .collect(Collectors.joining("; ")),
        Cells.count(set.videos()),
        Cells.count(set.annotatedFrames()),
        Cells.tenths(set.frames() / rate / set.videos()),
        Cells.count(set.frames()),
        timed ? Cells.shortest(rate) : Table.DASH,
        set.classes().isEmpty() ? Table.DASH : Cells.count(set.classes().size()));
  }
}
