package io.videottt.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.catalog.Catalog;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.report.TableFiles;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import io.videottt.reports.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JSON files of a results folder are foreign: what they nest, repeat and spell out is bounded.
 */
class StoredJsonTest {

  private static final String DEEP = "[".repeat(40) + "]".repeat(40);
  private static final String LONG = "9".repeat(200);

  private static String plan() {
    Unit unit = SyntheticResults.unit("a", Methods.ONLINE_TTT_MAE, 0);
    VideoWork task =
        VideoWork.of(
            Catalog.builtIn().definition("camvid"),
            "test",
            "a",
            AdaptationWork.of(List.of(unit), AssumedCosts.UNIT));
    return StoredPlan.of(
            new SweepPlan(List.of(task)),
            "sweep.yaml",
            AssumedCosts.UNIT,
            Instant.parse("2026-01-02T03:04:05Z"))
        .json();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> files() {
    BiFunction<byte[], String, Object> plan = StoredPlan::read;
    BiFunction<byte[], String, Object> dataSet = StoredDataSet::read;
    BiFunction<byte[], String, Object> data = UnitData::read;
    String described = StoredDataSet.of(Catalog.builtIn().definition("camvid")).json();
    String remembered =
        new UnitData(
                1,
                Sha256.id("d\ns\nv\na=b\n"),
                "d",
                "s",
                "v",
                Map.of("a", "b"),
                Map.of(),
                List.of())
            .json();
    return Stream.of(
        Arguments.of("plan", plan(), plan),
        Arguments.of("description of a data set", described, dataSet),
        Arguments.of("memory of a data set", remembered, data));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void depthAndNumbersAndRepeatedKeysAreBounded(
      String what, String whole, BiFunction<byte[], String, Object> reader) {
    assertThat(reader.apply(bytes(whole), "f.json")).isNotNull();
    for (String member :
        List.of(
            "\"version\": %s,".formatted(DEEP),
            "\"version\": %s,".formatted(LONG),
            "\"version\":1,")) {
      String hostile = whole.replaceFirst("\\{", "{" + member);

      assertThatThrownBy(() -> reader.apply(bytes(hostile), "f.json"))
          .as(member)
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "f.json: this %s cannot be read: it is damaged; delete it and start the sweep again"
                  .formatted(what));
    }
  }

  @Test
  void aReasonOfAFailureAndTheOwnerOfALeaseAreWithinTheSameBounds() {
    assertThat(FailureRecord.reason("{\"reason\": \"x\", \"more\": %s}".formatted(DEEP))).isEmpty();
    assertThat(FailureRecord.reason("{\"reason\": \"x\", \"reason\": \"y\"}")).isEmpty();
    String lease = new String(LeaseOwner.self().json(), StandardCharsets.UTF_8);
    assertThat(LeaseOwner.read(bytes(lease))).isPresent();
    assertThat(LeaseOwner.read(bytes(lease.replaceFirst("\\{", "{\"pid\": 1,")))).isEmpty();
  }

  @Test
  void theListOfAReportsFilesIsWithinTheSameBounds(@TempDir Path folder) throws IOException {
    TableFiles files = new TableFiles(folder.toString(), new Configuration());
    files.write(List.of(new Table("t", "T", List.of("a"), 1, List.of(), List.of(), List.of())));
    Path list = folder.resolve(TableFiles.LIST);
    Files.writeString(list, "{\"t.md\": \"\", \"t.md\": \"\"}");

    assertThatThrownBy(() -> files.write(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not a list of tables that a report has written");
    assertThat(folder.resolve("t.md")).isRegularFile();
  }
}
