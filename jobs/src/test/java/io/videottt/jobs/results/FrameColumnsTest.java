package io.videottt.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** The one list of columns against what stored files and the documentation promise. */
class FrameColumnsTest {

  private static final Path DOCUMENT = Path.of("../docs/results-format.md");
  private static final String HEAD = "| column | type | what it holds |\n|---|---|---|\n";

  /**
   * The schema of files that are stored already. A column that comes along is a line more here; a
   * line that changes makes stored results unreadable.
   */
  @Test
  void theFilesSchemaIsThatOfStoredFiles() throws IOException {
    try (InputStream stored = FrameColumnsTest.class.getResourceAsStream("metrics-schema.txt")) {
      assertThat(FrameColumns.MESSAGE.toString())
          .isEqualTo(new String(stored.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void sparkReadsEveryColumnOfTheFilesAndThePartitions() {
    List<String> columns = FrameColumns.MESSAGE.getFields().stream().map(Type::getName).toList();

    assertThat(FrameColumns.READ.fieldNames()).startsWith(columns.toArray(String[]::new));
    assertThat(FrameColumns.READ.fieldNames()).endsWith("dataset", "task", "method", "video");
    assertThat(FrameColumns.READ.apply("panoptic_counts").dataType().simpleString())
        .isEqualTo(
            "array<struct<category:int,thing:boolean,iou_sum:double,tp:bigint,fp:bigint,"
                + "fn:bigint>>");
  }

  @Test
  void theDocumentationHasTheTableOfAllColumns() throws IOException {
    String table =
        FrameColumns.ALL.stream()
            .map(
                column ->
                    "| `%s` | %s%s | %s |\n"
                        .formatted(
                            column.name(),
                            column.type().words(),
                            column.required() ? "" : ", or null",
                            column.description()))
            .collect(Collectors.joining("", HEAD, ""));

    assertThat(Files.readString(DOCUMENT)).as("docs/results-format.md").contains(table);
  }
}
