package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
          List.of("A note on 100 %."));

  @Test
  void markdownIsPaddedAndEscaped() {
    assertThat(TableFormat.MARKDOWN.render(table))
        .isEqualTo(
            """
            ### A caption, 95 %

            | Setting                            | Method         |   mIoU |
            | ---------------------------------- | -------------- | -----: |
            | stream                             | Online, "both" |  55.40 |
            | stream                             | Tent\\|a_b      |      - |
            | *controls (ours, not the paper's)* |                |        |
            |                                    | Foreign Frames | [1, 2] |

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
            % \\usepackage{booktabs}
            \\begin{table}
            \\centering
            \\caption{A caption, 95 \\%}
            \\label{tab:table1-x}
            \\begin{tabular}{llr}
            \\toprule
            Setting & Method & mIoU \\\\
            \\midrule
            stream & Online, "both" & 55.40 \\\\
            stream & Tent|a\\_b & -- \\\\
            \\midrule
            \\multicolumn{3}{l}{controls (ours, not the paper's)} \\\\
             & Foreign Frames & {}[1, 2] \\\\
            \\bottomrule
            \\end{tabular}

            {\\footnotesize A note on 100 \\%.}
            \\end{table}
            """);
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
