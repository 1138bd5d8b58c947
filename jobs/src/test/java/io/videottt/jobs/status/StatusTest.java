package io.videottt.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.TaskOutcome;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.data.DataIds;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.StoredPlan;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.MachineLoad;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.CostModel;
import io.videottt.jobs.sweep.plan.ProportionalCosts;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {

  private static final String RUN = "run-test";

  @TempDir private Path folder;

  private TinySweep.Run status(String... more) {
    String[] arguments = {"status", "--output", folder.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return TinySweep.run(all);
  }

  private ResultsFolder results() {
    return new ResultsFolder(folder.toString(), new Configuration());
  }

  /** Ten frames that cost 10 s when fixed and 250 s when adapted on, or 200 iterations. */
  private static Unit unit(String video, Method method) {
    return new Unit(
        new Adaptation(
            "camvid",
            "test",
            video,
            10,
            method,
            "",
            AdaptationSettings.small(),
            0,
            "model",
            null,
            "/models/model",
            "f00d",
            "",
            1),
        Task.SEMANTIC);
  }

  private StoredPlan write(Unit... units) throws IOException {
    return write(AssumedCosts.UNIT, units);
  }

  private StoredPlan write(CostModel costs, Unit... units) throws IOException {
    List<AdaptationWork> groups = AdaptationWork.of(List.of(units), costs);
    VideoWork task =
        VideoWork.of(Catalog.builtIn().definition("camvid"), "test", units[0].video(), groups);
    StoredPlan plan =
        StoredPlan.of(
            new SweepPlan(List.of(task)),
            "sweep.yaml",
            costs,
            Instant.parse("2026-01-02T03:04:05Z"));
    results().commitPlan(plan, RUN);
    return plan;
  }

  private void begin(Unit unit, long secondsAgo) throws IOException {
    results().commitUnit(unit.id(), unit.description(), RUN);
    age(folder.resolve("units/" + unit.id() + ".json"), secondsAgo);
  }

  private void fail(Unit unit, String json, long secondsAgo) throws IOException {
    results().commitFailure(unit.id(), json, RUN);
    age(folder.resolve("failures/" + unit.id() + ".json"), secondsAgo);
  }

  private void checkpoint(Unit unit, String json, long secondsAgo) throws IOException {
    Path file = folder.resolve("checkpoints/" + unit.adaptation().id() + "/checkpoint.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
    age(file, secondsAgo);
  }

  private void finish(Unit unit) throws IOException {
    finish(unit, 1);
  }

  private void finish(Unit unit, int frames) throws IOException {
    new SyntheticResults(folder)
        .write(
            unit,
            IntStream.range(0, frames)
                .mapToObj(frame -> SyntheticResults.frame(frame, "0", "0"))
                .toArray(FrameResult[]::new));
  }

  private static void age(Path file, long secondsAgo) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  @Test
  void everyStateIsToldWithItsReasonAndTheComputingThatIsLeft() throws IOException {
    Unit done = unit("a", Methods.ONLINE_TTT_MAE);
    Unit failed = unit("b", Methods.ONLINE_TTT_MAE);
    Unit running = unit("c", Methods.ONLINE_TTT_MAE);
    Unit begun = unit("d", Methods.ONLINE_TTT_MAE);
    Unit missing = unit("e", Methods.MAE_JOINT_TRAINING);
    StoredPlan plan = write(done, failed, running, begun, missing);
    begin(done, 5000);
    // A thousand times the seconds of a frame.
    finish(done, 1000);
    begin(failed, 5000);
    fail(failed, "{\"reason\": \"frame 3 is broken\\nmend it\"}", 4000);
    begin(running, 7260);
    checkpoint(running, "{\"progress\": {\"position\": 4}}", 3600);
    begin(begun, 7260);

    TinySweep.Run run = status();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("plan " + plan.id() + " of sweep.yaml, started 2026-01-02T03:04:05Z")
        .contains("5 units: 1 done, 1 failed, 2 running, 1 missing")
        // 250 + 0.6 * 250 + 250 + 10 of 4 * 250 + 10, at the 386 s in place of 250 that one took
        .contains("16 min 59 s of 25 min 59 s of computing left; from what 1 adaptation took here")
        .contains(
            "  failed  "
                + failed.id()
                + " camvid test b semantic online-ttt-mae model model seed 0: frame 3 is broken"
                + " mend it")
        .containsPattern(
            "running "
                + running.id()
                + " .*: begun 2 h 01 min ago, checkpoint 1 h 00 min ago at frame 4 of 10")
        .containsPattern("running " + begun.id() + " .*: begun 2 h 01 min ago, no checkpoint")
        .containsPattern("missing " + missing.id() + " .* e semantic mae-joint-training")
        .contains("running: begun and not ended")
        .doesNotContain("done    ");
  }

  @Test
  void theJsonHoldsEveryUnit() throws IOException {
    Unit done = unit("a", Methods.MAE_JOINT_TRAINING);
    Unit running = unit("a", Methods.OFFLINE_TTT_MAE_ALL_FRAMES);
    write(done, running);
    finish(done);
    begin(running, 100);
    checkpoint(running, "{\"progress\": {\"position\": 50}}", 20);
    Path file = folder.resolve("status.json");

    TinySweep.Run run = status("--json", file.toString());

    assertThat(run.out()).contains("at iteration 50 of 200");
    JsonNode plan = new JsonMapper().readTree(file.toFile()).path("plans").path(0);
    assertThat(plan.path("done").intValue()).isEqualTo(1);
    assertThat(plan.path("running").intValue()).isEqualTo(1);
    assertThat(plan.path("units")).hasSize(2);
    JsonNode unit = plan.path("units").path(1);
    assertThat(unit.path("id").textValue()).isEqualTo(running.id());
    assertThat(unit.path("state").textValue()).isEqualTo("running");
    assertThat(unit.path("checkpoint_position").intValue()).isEqualTo(50);
    assertThat(unit.path("checkpoint_seconds_ago").doubleValue()).isBetween(20.0, 600.0);
    // Ten seconds were expected of the one that has ended.
    assertThat(unit.path("remaining_seconds").doubleValue())
        .isCloseTo(0.75 * AssumedCosts.UNIT.seconds(List.of(running)) * 0.386 / 10, within(1e-9))
        .isEqualTo(plan.path("remaining_seconds").doubleValue());
    assertThat(plan.path("units").path(0).path("reason").isNull()).isTrue();
  }

  @Test
  void aUnitThatWasBegunAgainAfterItsFailureIsRunning() throws IOException {
    Unit again = unit("a", Methods.ONLINE_TTT_MAE);
    write(again);
    fail(again, "{\"reason\": \"broken\"}", 100);
    begin(again, 50);

    assertThat(status().out()).contains("0 failed, 1 running").doesNotContain("broken");
  }

  @Test
  void aSuccessAfterAFailureIsDone() throws IOException {
    Unit again = unit("a", Methods.ONLINE_TTT_MAE);
    write(again);
    begin(again, 100);
    fail(again, "{\"reason\": \"broken\"}", 50);
    finish(again);

    assertThat(status().out()).contains("1 done, 0 failed");
  }

  @Test
  void anAdaptationThatSeveralTasksShareIsCountedOnce() throws IOException {
    Unit semantic = unit("a", Methods.MAE_JOINT_TRAINING);
    Unit panoptic = semantic.adaptation().unit(Task.PANOPTIC);
    write(semantic, panoptic);
    finish(semantic, 1000);

    assertThat(status().out())
        .contains("2 units: 1 done, 0 failed, 0 running, 1 missing")
        .contains("6 min 26 s of 6 min 26 s of computing left");
  }

  @Test
  void allPlansAreShownAndResultsOutsideOfThemAreCounted() throws IOException {
    Unit first = unit("a", Methods.ONLINE_TTT_MAE);
    Unit second = unit("b", Methods.ONLINE_TTT_MAE);
    StoredPlan one = write(first);
    StoredPlan two = write(second);
    finish(unit("z", Methods.ONLINE_TTT_MAE));

    assertThat(status().out())
        .contains("plan " + one.id(), "plan " + two.id(), "missing " + first.id())
        .contains("with results and in no plan here: 1 unit");
  }

  @Test
  void aDamagedCheckpointOrFailureFileIsSaidAtItsUnit() throws IOException {
    Unit running = unit("a", Methods.ONLINE_TTT_MAE);
    Unit failed = unit("b", Methods.ONLINE_TTT_MAE);
    write(running, failed);
    begin(running, 10);
    begin(failed, 10);
    fail(failed, "{", 5);
    for (String damaged : List.of("{\"progress", "[]", "{\"progress\": {\"position\": -1}}")) {
      checkpoint(running, damaged, 5);

      TinySweep.Run run = status();

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out())
          .containsPattern("failed .*: its failure file cannot be read")
          .containsPattern("running .*, no checkpoint: .*checkpoint.json is damaged");
    }
  }

  @Test
  void aFolderWithoutAPlanIsOneLine() throws IOException {
    for (Path output : List.of(folder, folder.resolve("none"))) {
      TinySweep.Run run = TinySweep.run("status", "--output", output.toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err().lines())
          .containsExactly(
              "ttt: "
                  + output
                  + ": no sweep has left a plan there; give the output folder of a sweep with"
                  + " --output");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aDamagedPlanIsOneLine() throws IOException {
    StoredPlan plan = write(unit("a", Methods.ONLINE_TTT_MAE));
    Path file = folder.resolve("plans/" + plan.id() + ".json");
    String id = unit("a", Methods.ONLINE_TTT_MAE).id();
    for (String damaged :
        List.of(
            "",
            "null",
            "[]",
            plan.json().substring(0, 100),
            plan.json().replace("\"version\" : 1", "\"version\" : 2"),
            plan.json().replace("\"units\"", "\"unit\""),
            plan.json().replace(id, "../../../etc/passwd"),
            plan.json().replace("2026-01-02T03:04:05Z", "yesterday"),
            plan.json().replace("\"steps\" : 10", "\"steps\" : 0"),
            plan.json().replace("\"seconds\" : 250.0", "\"seconds\" : \"NaN\""))) {
      Files.writeString(file, damaged);

      TinySweep.Run run = status();

      assertThat(run.status()).as(damaged).isEqualTo(1);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err())
          .contains(file + ": this plan cannot be read: ")
          .contains("delete it and start the sweep again");
    }
  }

  @Test
  void aDamagedOrHostileDescriptionOfADataSetIsOneLine() throws IOException {
    new SyntheticResults(folder).describeDataSet();
    Path file = folder.resolve("datasets/tiny.json");
    String whole = Files.readString(file);
    for (String damaged :
        List.of(
            "",
            "null",
            whole.replace("\"tiny\"", "\"../../tiny\""),
            whole.replace("10.0", "-1"),
            whole.replace("10.0", "1e999"),
            whole.replaceAll("\\[[^\\]]*\\]", "[null]"),
            whole.replaceAll("\\[[^\\]]*\\]", "[".repeat(5000)))) {
      Files.writeString(file, damaged);

      assertThatThrownBy(() -> results().dataSets())
          .as(damaged)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(file + ": this description of a data set cannot be read: ");
    }
  }

  @Test
  void whatIsLeftIsTheMeasuredTimeOfWhatHasEnded() throws IOException {
    Unit done = unit("a", Methods.ONLINE_TTT_MAE);
    Unit missing = unit("b", Methods.ONLINE_TTT_MAE);
    write(done, missing);
    TaskOutcome outcome =
        new TaskOutcome(10, OptionalDouble.of(50), OptionalInt.empty(), List.of());
    // Its ten frames were expected to take 250 s.
    results()
        .commitUnit(
            done.id(), done.description(outcome, 5, MachineLoad.now(), DataIds.UNKNOWN), RUN);
    finish(done);

    assertThat(status().out())
        .contains("5 s of 10 s of computing left; from what 1 adaptation took here");
    Files.writeString(folder.resolve("units/" + done.id() + ".json"), "{\"seconds\": \"many\"}");
    assertThat(status().out())
        .as("its rows tell the seconds, too")
        .contains("0 s of 1 s of computing left; from what 1 adaptation took here");
  }

  @Test
  void aFinishedSweepWhosePlanKnewNoSecondsTellsThoseOfItsRows() throws IOException {
    Unit done = unit("a", Methods.ONLINE_TTT_MAE);
    write(new ProportionalCosts(), done);
    finish(done, 1000);

    assertThat(status().out())
        .contains("0 s of 6 min 26 s of computing left; from what 1 adaptation took here");
  }

  @Test
  void withoutAnythingMeasuredSecondsAreNotKnown() throws IOException {
    Unit missing = unit("a", Methods.MAE_JOINT_TRAINING);
    Unit running = unit("a", Methods.ONLINE_TTT_MAE);
    write(new ProportionalCosts(), missing, running);
    begin(running, 10);
    checkpoint(running, "{\"progress\": {\"position\": 5}}", 5);
    Path file = folder.resolve("status.json");

    // 10 + 125 of 260 predictions.
    assertThat(status("--json", file.toString()).out())
        .contains(
            "52 % of the computing left; how long it takes is not known until a unit has ended here");
    JsonNode plan = new JsonMapper().readTree(file.toFile()).path("plans").path(0);
    assertThat(plan.path("remaining_seconds").isNull()).isTrue();
    assertThat(plan.path("remaining_share").doubleValue()).isCloseTo(135 / 260.0, within(1e-9));
  }

  @Test
  void secondsThatAnEarlierVersionAssumedWithoutAWordAreNotKnown() throws IOException {
    StoredPlan plan = write(unit("a", Methods.ONLINE_TTT_MAE));
    Path file = folder.resolve("plans/" + plan.id() + ".json");
    String earlier = Files.readString(file).replaceFirst("\\s*\"inSeconds\" : true,", "");
    assertThat(earlier).doesNotContain("inSeconds").contains("assumed: 1.0 s per prediction");
    Files.writeString(file, earlier);

    assertThat(status().out())
        .contains("100 % of the computing left; how long it takes is not known");
  }

  @Test
  void whatAnotherPlanInTheFolderTookCountsWhereNothingElseIsMeasured() throws IOException {
    Unit done = unit("a", Methods.ONLINE_TTT_MAE);
    write(new ProportionalCosts(), done);
    finish(done, 1000);
    StoredPlan other = write(new ProportionalCosts(), unit("b", Methods.ONLINE_TTT_MAE));

    String lines = status().out();

    assertThat(lines.substring(lines.indexOf("plan " + other.id())))
        .contains("6 min 26 s of 6 min 26 s of computing left; from what 1 adaptation took here");
  }

  @Test
  void aJsonFileThatCannotBeWrittenIsOneLine() throws IOException {
    write(unit("a", Methods.ONLINE_TTT_MAE));

    TinySweep.Run run = status("--json", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
  }
}
