package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.metrics.FeatureMoments;
import io.videottt.metrics.FrechetDistance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feature networks of the user's, from the command line to Table 3. */
class PerceptualSweepTest {

  private static final Path NETWORKS =
      Path.of("../model/src/test/resources/io/videottt/model/features");
  private static final String FIXED = "mae-joint-training";
  private static final String ONLINE = "online-ttt-mae";
  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  @TempDir private Path folder;

  private static String network(String name) {
    return NETWORKS.resolve(name).toString();
  }

  private static List<String> cells(Path table, String title) throws IOException {
    String line =
        Files.readAllLines(table).stream()
            .filter(row -> row.startsWith(title + ","))
            .findFirst()
            .orElseThrow();
    return List.of(line.split(",", -1));
  }

  @Test
  void framesAreLookedAtAndPooledOverAllVideos() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 7, 6);
    Path config = tiny.configOfColorization(METHODS);
    TinySweep.Run plain = tiny.sweep(config, "plain", "local[2]");

    TinySweep.Run run =
        tiny.sweepWithReport(
            config,
            "out",
            "local[2]",
            "--inception",
            network("tiny-inception.pt"),
            "--lpips",
            network("tiny-lpips.pt"));

    assertThat(plain.status()).as(plain.err()).isZero();
    assertThat(run.status()).as(run.err()).isZero();
    List<Row> rows = tiny.rows("out", FIXED);
    assertThat(rows).hasSize(13);
    Path table = tiny.output("out").resolve("tables/table3-tiny-test.csv");
    List<String> cells = cells(table, "MAE Joint Training");
    assertThat(cells.get(4)).isEqualTo(decimals(2, frechet(rows)));
    assertThat(cells.get(5)).matches("1\\.[0-9]{2} \u00b1 0\\.[0-9]{2}");
    double lpips = rows.stream().mapToDouble(row -> row.<Double>getAs("lpips")).average().orElse(0);
    assertThat(cells.get(6)).isEqualTo(decimals(3, lpips));
    assertThat(lpips).isPositive();
    assertThat(cells(table, "Online TTT-MAE").get(4)).isNotEqualTo("-");
    assertThat(tiny.output("out").resolve("tables/table3-tiny-test.md"))
        .content()
        .doesNotContain("not measured");

    // What networks see is beside the rest, which stays as it is.
    assertThat(withoutFeatures(tiny, "out")).isEqualTo(withoutFeatures(tiny, "plain"));
  }

  private static List<String> withoutFeatures(TinySweep tiny, String output) throws IOException {
    return TinySweep.reproducibleRows(tiny.output(output)).stream()
        .map(row -> row.replaceAll("\"(inception|lpips)[a-z_]*\":(\\[[^]]*]|[^,}]*),?", ""))
        .toList();
  }

  private static double frechet(List<Row> rows) {
    FeatureMoments truth = new FeatureMoments(6);
    FeatureMoments prediction = new FeatureMoments(6);
    for (Row row : rows) {
      truth.add(floats(row, "inception_truth"));
      prediction.add(floats(row, "inception_features"));
    }
    double distance = FrechetDistance.between(truth, prediction);
    assertThat(distance).isPositive();
    assertThat(FrechetDistance.between(truth, truth)).isCloseTo(0, within(1e-6));
    return distance;
  }

  private static float[] floats(Row row, String column) {
    List<Float> list = row.getList(row.fieldIndex(column));
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  private static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  @Test
  void unitsOfBeforeKeepWhatTheyHaveAndTheTableSaysSo() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 12);
    Path config = tiny.configOfColorization(METHODS);
    tiny.sweep(config, "out", "local[2]");
    String inception = network("tiny-inception.pt");

    TinySweep.Run kept = tiny.sweepWithReport(config, "out", "local[2]", "--inception", inception);

    assertThat(kept.status()).as(kept.err()).isZero();
    assertThat(kept.err()).contains("2 units of colorization there already, not looked at anew");
    Path tables = tiny.output("out").resolve("tables");
    assertThat(tables.resolve("table3-tiny-test.md"))
        .content()
        .contains("FID and IS not measured: the sweep was given no network (--inception FILE).")
        .contains("LPIPS not measured: the sweep was given no network (--lpips FILE).");

    TinySweep.Run forced =
        tiny.sweepWithReport(
            config, "out", "local[2]", "--inception", inception, "--force", ONLINE);

    assertThat(forced.status()).as(forced.err()).isZero();
    assertThat(cells(tables.resolve("table3-tiny-test.csv"), "Online TTT-MAE").get(4))
        .matches("[0-9]+\\.[0-9]{2}");
    assertThat(tables.resolve("table3-tiny-test.md"))
        .content()
        .contains(
            "FID and IS not measured: the sweep was given no network (--inception FILE) (MAE Joint"
                + " Training).");
  }

  @Test
  void whatIsNoNetworkStopsTheSweepBeforeItBegins() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    Path config = tiny.configOfColorization(METHODS);

    TinySweep.Run run =
        tiny.sweep(config, "out", "local[2]", "--inception", network("tiny-logits.pt"));

    assertThat(run.status()).isNotZero();
    assertThat(run.err())
        .contains("its second output holds no probabilities")
        .doesNotContain("Exception");
    assertThat(tiny.output("out").resolve("metrics")).doesNotExist();
  }
}
