package io.videottt.reports.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableFormatTest {

  private final Table table =
      new Table(
          "table1-x",
          "A caption, 95 %",
          List.of("Setting", "Method", "mIoU"),
          2,
          List.of(
              List.of("stream", "Online, \"both\"", "55.40"), List.of("stream", "Tent|a_b", "-")),
          List.of(List.of("", "Foreign Frames", "[1, 2]")),
          List.of("A note on 100 %."),
          Set.of(new Table.Place(0, 2)));

  @Test
  void markdownIsPaddedAndEscaped() {
    assertThat(TableFormat.MARKDOWN.render(table))
        .isEqualTo(
            """
            ### A caption, 95 %

            | Setting                            | Method         |      mIoU |
            | ---------------------------------- | -------------- | --------: |
            | stream                             | Online, "both" | **55.40** |
            | stream                             | Tent\\|a_b      |         - |
            | *controls (ours, not the paper's)* |                |           |
            |                                    | Foreign Frames |    [1, 2] |

            A note on 100 %.
            """);
  }

  @Test
  void csvQuotesWhatNeedsItAndMarksControls() {
    assertThat(TableFormat.CSV.render(table))
        .isEqualTo(
            "Setting,Method,mIoU,Control\r\n"
                + "stream,\"Online, \"\"both\"\"\",55.40,no\r\n"
                + "stream,Tent|a_b,,no\r\n"
                + ",Foreign Frames,\"[1, 2]\",yes\r\n");
  }

  @Test
  void latexUsesBooktabsAndEscapes() {
    assertThat(TableFormat.LATEX.render(table))
        .isEqualTo(
            """
            % \\usepackage{booktabs,graphicx}
            \\begin{table}
            \\centering
            \\caption{A caption, 95 \\%}
            \\label{tab:table1-x}
            \\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%
            \\begin{tabular}{llr}
            \\toprule
            Setting & Method & mIoU \\\\
            \\midrule
            stream & Online, "both" & \\textbf{55.40} \\\\
            stream & Tent\\textbar{}a\\_b & -- \\\\
            \\midrule
            \\multicolumn{3}{l}{controls (ours, not the paper's)} \\\\
             & Foreign Frames & {}[1, 2] \\\\
            \\bottomrule
            \\end{tabular}}

            \\smallskip
            \\begin{minipage}{\\textwidth}\\footnotesize
            A note on 100 \\%.
            \\end{minipage}
            \\end{table}
            """);
  }

  @Test
  void csvWithoutControlsHasNoColumnForThem() {
    Table plain =
        new Table("t", "c", List.of("Video"), 1, List.of(List.of("0001")), List.of(), List.of());

    assertThat(TableFormat.CSV.render(plain)).isEqualTo("Video\r\n0001\r\n");
  }

  @Test
  void latexContinuesALongTableAndTurnsLongHeadings() {
    String heading = "Offline TTT-MAE All Frames";
    List<List<String>> rows =
        IntStream.range(0, 50)
            .mapToObj(row -> List.of("class " + row, "1", "2", "3", "4", "5", "6"))
            .toList();
    String text =
        TableFormat.LATEX.render(
            new Table(
                "classes",
                "IoU",
                List.of("Class", heading, heading, heading, heading, heading, heading),
                1,
                rows,
                List.of(),
                List.of("The note.")));

    assertThat(text.split("\\\\begin\\{table}")).hasSize(3);
    assertThat(text).containsOnlyOnce("\\label{tab:classes}").containsOnlyOnce("The note.");
    assertThat(text).contains("\\caption{IoU (continued)}");
    assertThat(text).contains("Class & \\rotatebox{90}{Offline TTT-MAE All Frames} &");
  }

  @Test
  void latexContinuesAWideTableWithTheWordsRepeated() {
    List<String> header = new ArrayList<>(List.of("Video"));
    header.addAll(Collections.nCopies(10, "Gain"));
    List<String> row = new ArrayList<>(List.of("0001"));
    row.addAll(Collections.nCopies(10, "+12.34 [+10.00, +15.00]"));
    String text =
        TableFormat.LATEX.render(
            new Table("gain", "Table 3: Gain", header, 1, List.of(row), List.of(), List.of()));

    assertThat(text.split("\\\\begin\\{table}")).hasSize(3);
    assertThat(text.split("\n0001 & ")).hasSize(2 + 1);
    assertThat(text.split("\\+12\\.34")).hasSize(10 + 1);
    assertThat(text).contains("\\caption{Gain}").containsOnlyOnce("\\label{tab:gain}");
  }

  @Test
  void aRowOfTheWrongLengthIsRefused() {
    assertThatThrownBy(
            () ->
                new Table(
                    "t", "c", List.of("a", "b"), 1, List.of(List.of("x")), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
