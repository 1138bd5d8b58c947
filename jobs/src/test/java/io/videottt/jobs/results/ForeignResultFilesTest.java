package io.videottt.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What file managers and people leave among results is named and passed over, by every command. */
class ForeignResultFilesTest {

  private static final String METHODS = "methods: [{method: mae-joint-training, preset: small}]\n";

  @TempDir private Path folder;
  private TinySweep tiny;
  private Path config;
  private Path out;

  @BeforeEach
  void sweepAndLitter() throws IOException {
    tiny = TinySweep.create(folder, 1, 2);
    config = tiny.config(METHODS);
    out = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[1]").status()).isZero();
    Path metrics = out.resolve("metrics");
    for (String name :
        List.of(
            "@eaDir/tiny@SynoEAStream",
            "dataset=tiny/task=semantic/@eaDir/0123456789abcdef0123456789abcdef.parquet/THUMB.jpg",
            "dataset=tiny/Thumbs.db",
            "dataset=tiny/.DS_Store",
            ".DS_Store",
            "notes of mine/read me.txt",
            "task=depth/why.txt")) {
      Files.createDirectories(metrics.resolve(name).getParent());
      Files.writeString(metrics.resolve(name), "not Parquet");
    }
    for (String name :
        List.of("plans/@eaDir/p.json", "datasets/@eaDir/d.json", "checkpoints/mine/x")) {
      Files.createDirectories(out.resolve(name).getParent());
      Files.writeString(out.resolve(name), "{");
    }
  }

  private static String named() {
    return "not read: 5 files of no unit below metrics/, for example ";
  }

  @Test
  void statusNamesThemAndCountsTheUnitsAsDone() throws IOException {
    TinySweep.Run status = TinySweep.run("status", "--output", out.toString());

    assertThat(status.status()).as(status.err()).isZero();
    assertThat(status.out()).contains("2 units: 2 done, 0 failed", named());
    Files.writeString(out.resolve("metrics/copy.parquet"), "not Parquet either");
    assertThat(TinySweep.run("status", "--output", out.toString()).out())
        .contains("not usable and in no planned unit's place: 1 file", "copy.parquet");
  }

  @Test
  void sweepAndReportAndPlanPassThemOverByName() throws IOException {
    TinySweep.Run again = tiny.sweepWithReport(config, "out", "local[1]");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("2 units on 2 videos, 2 done before", named());
    assertThat(again.out()).contains("Table 1", named());
    assertThat(out.resolve("checkpoints/mine/x")).isRegularFile();

    Path page = out.resolve("tables/index.html");
    assertThat(Files.readString(page))
        .contains("Left out of this report: 0 of 2 unit files", "Thumbs.db", "read me.txt");
    assertThat(Files.readString(out.resolve("tables/left-out.md"))).contains("it is no unit file");

    TinySweep.Run plan =
        TinySweep.run(
            "plan",
            "--config",
            config.toString(),
            "--catalog",
            folder.resolve("catalog").toString(),
            "--results",
            out.toString(),
            "--master",
            "local[1]");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out() + plan.err()).contains("2 measured", named());
  }

  @Test
  void thePageListsUnitFilesThatCannotBeUsed() throws IOException {
    Path file =
        out.resolve("metrics")
            .resolve(
                TinySweep.visibleFiles(out.resolve("metrics")).stream()
                    .filter(name -> name.endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
    Files.write(file, new byte[0]);

    TinySweep.Run report = TinySweep.report(out, folder.resolve("report"));

    assertThat(report.status()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("report/index.html")))
        .contains("Left out of this report: 1 of 2 unit files, which count as missing")
        .contains(file.getFileName().toString(), "it is empty");
  }

  @Test
  void aResultOfAnUnknownTaskIsForeign() throws IOException {
    ResultsFolder results = new ResultsFolder(out.toString(), new Configuration());
    assertThat(results.tasks()).containsExactly(Task.SEMANTIC);
    Unit unit = SyntheticResults.unit("v", Methods.ONLINE_TTT_MAE, 0);
    new SyntheticResults(out).write(unit, SyntheticResults.frame(0, "0", "0"));
    Path file = Path.of(results.metricsFile(unit).toUri());
    byte[] whole = Files.readAllBytes(file);
    Path depth = out.resolve("metrics/dataset=tiny/task=depth00/method=online-ttt-mae/video=v");
    Files.createDirectories(depth);
    Files.delete(file);
    // As long as before, and without the checksum that it no longer fits.
    byte[] other =
        new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1)
            .replace("\"task\":\"semantic\"", "\"task\":\"depth00\" ")
            .replace(FileChecksum.KEY, "x".repeat(FileChecksum.KEY.length()))
            .replace("videottt-sha256:", "videottt-sha999:")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(depth.resolve(file.getFileName()), other);

    assertThat(results.inventory().unusable())
        .singleElement()
        .matches(each -> each.state() == UnitFile.State.FOREIGN)
        .extracting(UnitFile::reason)
        .asString()
        .contains("depth00, a task which this version does not know");
  }
}
