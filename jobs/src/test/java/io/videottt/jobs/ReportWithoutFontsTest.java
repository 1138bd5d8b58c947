package io.videottt.jobs;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.reports.figure.FigureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that find no fonts, as on a small server image. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere Java does not ask fontconfig for fonts")
class ReportWithoutFontsTest {

  private static final String REASON = "figures cannot be drawn: this system has no fonts";

  @TempDir private Path folder;

  /** Tells why figures cannot be drawn. */
  static final class Fonts {

    private Fonts() {}

    public static void main(String[] arguments) {
      for (int time = 0; time < 2; time++) {
        try {
          FigureFormat.requireFonts();
          System.out.println("there are fonts");
        } catch (InvalidInputException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  @Test
  void thatFiguresCannotBeDrawnIsSaidInWords() throws IOException {
    JavaProcess process = start(List.of(Fonts.class.getName()));

    assertThat(process.awaitEnd()).as(process.log()).isZero();
    assertThat(process.log().split(REASON, -1)).hasSize(3);
    assertThat(process.log())
        .contains("install fontconfig")
        .doesNotContain("there are fonts", "Exception", "null)");
  }

  /** Much of Spark in a process of its own takes longer than other tests. */
  @Test
  @Tag("faults")
  void tablesAndPageAreWrittenAndThePageSaysWhyThereAreNoFigures() throws IOException {
    Path results = folder.resolve("results");
    new SyntheticResults(results)
        .write(unit("0001", Methods.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));
    Path report = folder.resolve("report");
    List<String> main =
        new ArrayList<>(
            List.of(
                Main.class.getName(),
                "report",
                "--results",
                results.toString(),
                "--output",
                report.toString(),
                "--master",
                "local[1]"));
    main.addAll(TinySweep.QUICK_QUERIES);

    JavaProcess process = start(main);

    assertThat(process.awaitEnd()).as(process.log()).isZero();
    assertThat(process.log()).contains(REASON, "install fontconfig").doesNotContain("\tat ");
    assertThat(TinySweep.visibleFiles(report))
        .contains("index.html", "table2.md", "table2.csv", "table2.tex")
        .noneMatch(file -> file.startsWith("figures/"));
    assertThat(report.resolve("table1-tiny-test-semantic.csv")).content().contains("37.50");
    assertThat(report.resolve("index.html"))
        .content()
        .contains("<h2>Figures</h2>\n<p>" + REASON, "37.50", "</html>")
        .doesNotContain("<svg");
  }

  private JavaProcess start(List<String> main) throws IOException {
    Path none = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    // Java remembers fonts below the home folder: those of the user, and from now on none.
    Path home = Files.createDirectory(folder.resolve("home"));
    return JavaProcess.start(
        folder.resolve("log.txt"),
        "512m",
        Map.of("FONTCONFIG_FILE", none.toString()),
        List.of("-Duser.home=" + home),
        main);
  }
}
