package io.videottt.reports.page;

import io.videottt.reports.DataSetSummary;
import io.videottt.reports.MethodNote;
import io.videottt.reports.figure.DrawnFigure;
import io.videottt.reports.figure.SampleFigures;
import io.videottt.reports.player.SamplePlayer;
import io.videottt.reports.table.Table;
import io.videottt.reports.verdict.Finding;
import io.videottt.reports.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** A page with everything that a page can have, and names that would like to be markup. */
public final class SamplePage {

  public static final String HOSTILE =
      "</td><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

  private SamplePage() {}

  static ReportPage page() {
    return new ReportPage(
        "Embedded street scenes",
        "2026-01-02T03:04:05Z",
        introduction(),
        List.of(wide(), sortable()),
        List.of(
            table("details-table", List.of("Video", "mIoU"), List.of(List.of(HOSTILE, "1.00")))),
        SampleFigures.all().stream().map(DrawnFigure::of).toList(),
        "",
        SamplePlayer.player(),
        new VideoLinks(
            "file:/results/videos",
            List.of(
                new VideoLinks.Link("dusk: " + HOSTILE, "../videos/video=a%20b/one.mp4"),
                new VideoLinks.Link("dawn", "")),
            3),
        List.of(
            table(
                "environment",
                List.of("What", "Value"),
                List.of(List.of("Weights", "0123456789abcdef".repeat(4))))));
  }

  private static PageIntroduction introduction() {
    return new PageIntroduction(
        new Verdict(
            List.of(
                new Finding(
                    "Embedded street scenes, semantic segmentation",
                    List.of("Online TTT-MAE gains 5.5 points.", HOSTILE))),
            List.of("Points are percent points.")),
        List.of(
            new MethodNote("online-ttt-mae", "Online TTT-MAE", false, "Trains.", "Online TTT-MAE"),
            new MethodNote("foreign-frames", "Foreign Frames", true, HOSTILE, "Training")),
        List.of(
            new DataSetSummary(
                "embedded",
                "Embedded street scenes",
                List.of("test"),
                List.of(),
                1,
                40,
                40,
                OptionalDouble.of(10),
                List.of("road", HOSTILE),
                List.of(0x804080, 0xdc143c))));
  }

  /** As wide as the widest table of a report. */
  private static Table wide() {
    List<String> header = new ArrayList<>(List.of("Setting", "Method"));
    List<String> row = new ArrayList<>(List.of("independent frames", "Self-Train (variant)"));
    for (int i = 0; i < 14; i++) {
      header.add("metric " + i);
      row.add("[-10.25, +12.50]");
    }
    return table("wide", header, List.of(row));
  }

  /** A column with dashes, signs and intervals. */
  static Table sortable() {
    return new Table(
        "sortable",
        "Table of numbers",
        List.of("Method", "AP"),
        1,
        List.of(
            List.of("b", "9.50"),
            List.of("a", "10.25"),
            List.of("d", Table.DASH),
            List.of("c", "[-1.00, +3.00]")),
        List.of(List.of("control", "3.00")),
        List.of("Percent."),
        Set.of(new Table.Place(1, 1)));
  }

  private static Table table(String name, List<String> header, List<List<String>> rows) {
    return new Table(name, "Table " + name, header, 2, rows, List.of(), List.of());
  }
}
