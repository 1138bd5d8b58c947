package io.videottt.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.TinySweep;
import io.videottt.reports.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {

  @TempDir private Path folder;

  private void write(String... names) {
    List<Table> tables =
        List.of(names).stream()
            .map(
                name ->
                    new Table(
                        name,
                        "Caption",
                        List.of("Method", "AP"),
                        1,
                        List.of(List.of("Online", "37.60")),
                        List.of(),
                        List.of()))
            .toList();
    new TableFiles(folder.toString(), new Configuration()).write(tables);
  }

  @Test
  void tablesThatAreNoLongerMadeAreRemoved() {
    write("table1", "table4");
    write("table1-plain", "table4");

    assertThat(TinySweep.visibleFiles(folder))
        .containsExactly(
            "table1-plain.csv",
            "table1-plain.md",
            "table1-plain.tex",
            "table4.csv",
            "table4.md",
            "table4.tex",
            TableFiles.LIST);
  }

  @Test
  void figuresAndPageThatAreNoLongerMadeAreRemovedWithTheirFolder() throws IOException {
    TableFiles files = new TableFiles(folder.toString(), new Configuration());
    files.write(
        List.of(), Map.of("figures/bars.svg", new byte[] {1}, "index.html", new byte[] {2}));
    assertThat(TinySweep.visibleFiles(folder))
        .containsExactly("figures/bars.svg", "index.html", TableFiles.LIST);

    files.write(List.of());

    assertThat(TinySweep.visibleFiles(folder)).containsExactly(TableFiles.LIST);
    assertThat(folder.resolve("figures")).doesNotExist();
  }

  @Test
  void filesOfOthersAndChangedTablesStay() throws IOException {
    Files.writeString(folder.resolve("notes.md"), "mine");
    write("table1", "table4");
    Files.writeString(folder.resolve("table1.md"), "mine now");
    Files.writeString(folder.resolve("table1.md.bak"), "a copy");

    write("table4");
    write("table4");

    assertThat(TinySweep.visibleFiles(folder))
        .contains("notes.md", "table1.md", "table1.md.bak", "table4.md")
        .doesNotContain("table1.csv", "table1.tex");
    assertThat(Files.readString(folder.resolve("table1.md"))).isEqualTo("mine now");
  }

  @Test
  void aListCannotNameFilesElsewhere() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.md"), "");
    String emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    Path tables = Files.createDirectory(folder.resolve("tables"));
    Files.writeString(
        tables.resolve(TableFiles.LIST), "{\"../outside.md\": \"%s\"}".formatted(emptyHash));

    new TableFiles(tables.toString(), new Configuration()).write(List.of());

    assertThat(outside).exists();
  }

  @Test
  void aListThatIsNoneIsRefusedAndNothingIsWritten() throws IOException {
    Files.writeString(folder.resolve(TableFiles.LIST), "[1, 2]");

    assertThatThrownBy(() -> write("table1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(TableFiles.LIST)
        .hasMessageContaining("--output");
    assertThat(TinySweep.visibleFiles(folder)).containsExactly(TableFiles.LIST);
  }
}
