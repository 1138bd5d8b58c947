package io.videottt.reports.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether LaTeX accepts the tables, where it is installed. */
class LatexCompilesTest {

  private static final String PROGRAM = "pdflatex";

  @TempDir private Path folder;

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, PROGRAM)));
  }

  /** A table with every character that LaTeX reads as something else, of some size. */
  private static Table table(String name, int rows, int columns) {
    List<String> header =
        new ArrayList<>(List.of("Setting & more", "100 % #1 {a_b} $ ~ ^ \\ | <>"));
    header.addAll(Collections.nCopies(columns, "Offline TTT-MAE All Frames (k = 16)"));
    List<String> row = new ArrayList<>(List.of("video stream", "Online TTT-MAE"));
    row.addAll(Collections.nCopies(columns, "[-12.34, +56.78]"));
    return new Table(
        name,
        "Of 95 % and a_b",
        header,
        2,
        Collections.nCopies(rows, row),
        List.of(row),
        List.of("A note.", "Another one on 100 %."),
        Set.of(new Table.Place(0, 2)));
  }

  @Test
  void narrowWideAndLongTablesCompileAndFitThePage() throws IOException, InterruptedException {
    assumeTrue(installed(), PROGRAM + " is not on the PATH");
    StringBuilder document =
        new StringBuilder(
            """
            \\documentclass{article}
            \\usepackage{booktabs,graphicx}
            \\begin{document}
            """);
    for (Table table :
        List.of(table("narrow", 1, 1), table("wide", 10, 14), table("long", 134, 4))) {
      document.append(TableFormat.LATEX.render(table)).append("\\clearpage\n");
    }
    Files.writeString(folder.resolve("tables.tex"), document.append("\\end{document}\n"));
    Process process =
        new ProcessBuilder(PROGRAM, "-interaction=nonstopmode", "-halt-on-error", "tables.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String log = Files.readString(folder.resolve("tables.log"), StandardCharsets.ISO_8859_1);

    assertThat(process.exitValue()).as(log).isZero();
    assertThat(log).doesNotContain("Overfull", "Float too large");
    assertThat(folder.resolve("tables.pdf")).isNotEmptyFile();
  }
}
