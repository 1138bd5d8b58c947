package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.results.SyntheticResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/results-format.md, run on results whose video is called 0002. */
class ResultsSnippetsTest {

  private static final String FOLDER = "runs/demo/metrics";

  @RegisterExtension static final SharedSession SPARK = new SharedSession();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    new SyntheticResults(folder.resolve("runs/demo"))
        .write(
            SyntheticResults.unit("0002", Methods.MAE_JOINT_TRAINING, 0),
            SyntheticResults.frame(0, "0", "0"),
            SyntheticResults.frame(1, "012", "011"));
  }

  /** The block behind a word in bold. */
  private static String snippet(String title) throws IOException {
    String page = Files.readString(Path.of("../docs/results-format.md"));
    Matcher block =
        Pattern.compile("\\*\\*" + title + "\\*\\*.*?```\\w*\n(.*?)```", Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as("a snippet for " + title).isTrue();
    return block.group(1);
  }

  @Test
  void sparkKeepsTheVideosName() throws IOException {
    SparkSession spark = SPARK.get().newSession();
    spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "true");
    String sql = snippet("Spark").replace(FOLDER, folder.resolve(FOLDER).toString());
    Dataset<Row> last = null;
    for (String statement : sql.split(";\n")) {
      last = spark.sql(statement);
    }

    assertThat(last.schema().apply("video").dataType()).isEqualTo(DataTypes.StringType);
    List<Row> rows = last.collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).<String>getAs("video")).isEqualTo("0002");
    assertThat(rows.get(0).<Double>getAs("miou")).isEqualTo(75);
  }

  @Test
  void pandasKeepsTheVideosName() throws IOException, InterruptedException {
    Python python = Python.with("pandas", "pyarrow");

    assertThat(python.run(snippet("pandas"), folder))
        .containsPattern("mae-joint-training\\s+0002\\s+75.0");
  }

  @Test
  void duckDbKeepsTheVideosName() throws IOException, InterruptedException {
    Python python = Python.with("duckdb");

    assertThat(
            python.run(
                "import duckdb\nprint(duckdb.sql('''%s'''))".formatted(snippet("DuckDB")), folder))
        .containsPattern("mae-joint-training\\W+0002\\W+75.0");
  }
}
