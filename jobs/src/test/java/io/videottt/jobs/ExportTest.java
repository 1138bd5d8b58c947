package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of two units and the log of a training, as other programs read them. */
class ExportTest {

  private static final String LOG =
      """
      {"event":"start","identity":{"batchSize":"8","joint.learningRate":"0.001"}}
      {"event":"progress","phase":"joint","iteration":50,"main_loss":1.5,"reconstruction_loss":0.75}
      {"event":"progress","phase":"joint","iteration":100,"main_loss":1.25}
      {"event":"validation","phase":"joint","iteration":100,"frames":7,"pooled_miou":51.5}
      """;

  private static final Instant END = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;

  private Unit first;
  private Unit second;

  @BeforeEach
  void write() throws IOException {
    SyntheticResults results = new SyntheticResults(folder.resolve("sweep"));
    first = SyntheticResults.unit("0002", Methods.ONLINE_TTT_MAE, 0);
    second = SyntheticResults.unit("a, \"b\"", Methods.MAE_JOINT_TRAINING, 0);
    results.write(
        first, SyntheticResults.frame(0, "0", "0"), SyntheticResults.frame(1, "012", "011"));
    results.write(second, SyntheticResults.frame(0, "0", "0"));
    Path log = folder.resolve("model/training-log.jsonl");
    Files.createDirectories(log.getParent());
    Files.writeString(log, LOG);
    Files.setLastModifiedTime(log, FileTime.from(END));
  }

  private TinySweep.Run export(String format, String... sources) {
    List<String> arguments = new ArrayList<>(List.of("export", "--to", format));
    for (String source : sources) {
      arguments.addAll(List.of("--from", folder.resolve(source).toString()));
    }
    arguments.addAll(List.of("--output", folder.resolve("out").toString()));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  /** Contents by name. */
  private Map<String, String> files() throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    Path out = folder.resolve("out");
    try (Stream<Path> files = Files.walk(out)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .forEach(file -> contents.put(out.relativize(file).toString(), JavaProcess.read(file)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return contents;
  }

  @Test
  void tablesAreTidyAndKeepWhatNamesHold() throws IOException {
    TinySweep.Run run = export("csv", "sweep", "model");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 files of 1 results folder and 1 training written to ");
    List<String> frames = files().get("frames.csv").lines().toList();
    List<String> header = List.of(frames.get(0).split(","));
    assertThat(header)
        .startsWith("results", "unit_id", "dataset", "split", "task", "method", "variant")
        .containsSubsequence("video", "frame_index", "frame_name", "annotated", "miou")
        .contains("window", "batch", "colour_samples")
        .endsWith("settings")
        .doesNotHaveDuplicates()
        .doesNotContain("preview", "confusion_cells");
    assertThat(frames)
        .hasSize(1 + 3)
        .filteredOn(line -> line.contains("\"a, \"\"b\"\"\""))
        .hasSize(1);
    String row =
        frames.stream()
            .filter(line -> line.contains(first.id()) && line.contains(",1,000001,true,"))
            .findFirst()
            .orElseThrow();
    String[] cells = row.split(",", -1);
    assertThat(cells[header.indexOf("video")]).isEqualTo("0002");
    // Of three pixels one each of 0 and 1 is right: 1, 1/2 and 0.
    assertThat(Double.parseDouble(cells[header.indexOf("miou")])).isEqualTo(50);
    assertThat(cells[header.indexOf("pq")]).isEmpty();
    assertThat(cells[header.indexOf("seconds_adapt")]).isEqualTo("0.25");
    assertThat(files().get("training.csv"))
        .isEqualTo(
            """
            training,phase,event,iteration,main_loss,reconstruction_loss,validation_frames,validation_pooled_miou
            %1$s,joint,progress,50,1.5,0.75,,
            %1$s,joint,progress,100,1.25,,,
            %1$s,joint,validation,100,,,7.0,51.5
            """
                .formatted(folder.resolve("model")));
  }

  @Test
  void mlflowsFileStoreIsLaidOutAsItIsDocumented() throws IOException {
    TinySweep.Run run = export("mlflow", "sweep", "model");

    assertThat(run.status()).as(run.err()).isZero();
    Map<String, String> files = files();
    String unit =
        files.keySet().stream()
            .filter(name -> name.matches("[0-9]{18}/" + first.id() + "/meta.yaml"))
            .findFirst()
            .orElseThrow()
            .replace("/meta.yaml", "");
    String experiment = unit.substring(0, 18);
    assertThat(files.get(experiment + "/meta.yaml"))
        .contains("experiment_id: '" + experiment + "'", "lifecycle_stage: active")
        .contains("name: '" + folder.resolve("sweep") + "'", "artifact_location: 'file:");
    assertThat(files.get(unit + "/meta.yaml"))
        .contains("run_id: '" + first.id() + "'", "status: 3", "experiment_id: '" + experiment)
        .contains("run_name: 'sweep/tiny-test/0002/online-ttt-mae-semantic-");
    assertThat(files.get(unit + "/metrics/miou")).matches("\\d{13} 100.0 0\n\\d{13} 50.0 1\n");
    assertThat(files.get(unit + "/metrics/mean_miou")).matches("\\d{13} 75.0 1\n");
    assertThat(files.get(unit + "/params/batchSize")).isNotBlank();
    assertThat(files.get(unit + "/tags/video")).isEqualTo("0002");
    String training =
        files.keySet().stream()
            .filter(name -> name.endsWith("/metrics/joint/main_loss"))
            .findFirst()
            .orElseThrow();
    assertThat(files.get(training))
        .isEqualTo("%1$d 1.5 50\n%1$d 1.25 100\n".formatted(END.toEpochMilli()));
    assertThat(files.get(training.replace("metrics/joint/main_loss", "params/joint.learningRate")))
        .isEqualTo("0.001");
  }

  @Test
  void aFolderThatIsGivenTwiceInOtherLettersIsOne() throws IOException {
    TinySweep.Run run = export("csv", "sweep", "sweep/", "./sweep", "model/../sweep");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 file of 1 results folder");
    assertThat(files().get("frames.csv").lines()).hasSize(1 + 3);
  }

  @Test
  void theSameFoldersGiveTheSameFilesAndWhatIsGoneIsRemoved() throws IOException {
    for (String format : List.of("tensorboard", "mlflow", "csv")) {
      assertThat(export(format, "sweep", "model").status()).isZero();
      Map<String, String> before = files();
      assertThat(export(format, "sweep", "model").status()).isZero();
      assertThat(files()).isEqualTo(before);
    }
    Map<String, String> all = files();
    Path own = Files.writeString(folder.resolve("out/my-notes.txt"), "mine");

    assertThat(export("tensorboard", "model").status()).isZero();

    assertThat(own).exists();
    assertThat(all.keySet()).filteredOn(name -> name.contains("tfevents")).hasSize(3);
    assertThat(files().keySet()).filteredOn(name -> name.contains("tfevents")).hasSize(1);
    assertThat(files().keySet())
        .contains("frames.csv")
        .containsAll(all.keySet().stream().filter(name -> name.contains("/metrics/")).toList());
  }

  /** An export that is killed: its files have the names that the storage gives unfinished ones. */
  private Path begun(String name) throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("out").resolve(name).toUri());
    Path unfinished =
        Path.of(
            Storage.of(file, new Configuration())
                .begin(file, file.getParent())
                .path()
                .toUri()
                .getPath());
    Files.createDirectories(unfinished.getParent());
    Files.writeString(unfinished, "half of it");
    Files.setLastModifiedTime(unfinished, FileTime.from(END));
    return unfinished;
  }

  @Test
  void whatAStoppedExportHasBegunIsRemovedByTheNextOne() throws IOException {
    assertThat(export("mlflow", "sweep").status()).isZero();
    String metric =
        files().keySet().stream().filter(name -> name.endsWith("/miou")).findFirst().orElseThrow();
    List<Path> begun =
        List.of(begun(metric), begun("written-csv.json"), begun("gone/metrics/pq"), begun("f.csv"));
    List<Path> foreign =
        List.of(
            Files.writeString(folder.resolve("out/.gitignore"), "mine"),
            Files.writeString(folder.resolve("out/.f.csv.1234"), "mine"));
    Path running = begun("frames.csv");
    Files.setLastModifiedTime(running, FileTime.from(Instant.now().plusSeconds(60)));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path linked = Files.move(begun("mine"), elsewhere.resolve(begun("mine").getFileName()));
    Files.createSymbolicLink(folder.resolve("out/link"), elsewhere);

    assertThat(export("csv", "sweep").status()).isZero();

    assertThat(begun).noneMatch(Files::exists);
    assertThat(folder.resolve("out/gone/metrics")).doesNotExist();
    assertThat(foreign).allMatch(Files::exists);
    assertThat(List.of(running, linked)).allMatch(Files::exists);
    assertThat(files()).containsKeys(metric, "frames.csv");
  }

  @Test
  void anExportThatWasStoppedAtItsFirstFileIsGoneOnFrom() throws IOException {
    Path begun = begun("written-csv.json");

    TinySweep.Run run = export("csv", "sweep");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(begun).doesNotExist();
    assertThat(files()).containsOnlyKeys("frames.csv", "written-csv.json");
  }

  @Test
  void tensorBoardItselfReadsTheFiles() throws IOException, InterruptedException {
    Python python = Python.with("tensorboard");
    assertThat(export("tensorboard", "sweep", "model").status()).isZero();

    String read =
        python.run(
            """
            import glob
            from tensorboard.backend.event_processing import event_accumulator
            for file in sorted(glob.glob("**/*tfevents*", recursive=True)):
                events = event_accumulator.EventAccumulator(file).Reload()
                print(file)
                for tag in events.Tags()["scalars"]:
                    print(tag, [(e.step, e.value) for e in events.Scalars(tag)])
                print(events.Tags()["tensors"])
            """,
            folder.resolve("out"));

    assertThat(read)
        .contains("tiny-test/0002/online-ttt-mae-semantic-")
        .contains("miou [(0, 100.0), (1, 50.0)]")
        .contains("joint/main_loss [(50, 1.5), (100, 1.25)]")
        .contains("joint/validation_pooled_miou [(100, 51.5)]")
        .contains("['settings']");
  }

  @Test
  void whatCannotBeExportedIsOneLineAndWritesNothing() throws IOException {
    assertThat(export("csv", "nowhere").err().lines())
        .containsExactly(
            "ttt: %s: neither results of a sweep nor the log of a training there; give an output folder of one of both with --from"
                .formatted(folder.resolve("nowhere")));
    Files.writeString(folder.resolve("model/training-log.jsonl"), LOG + "{\"event\":");
    assertThat(export("tensorboard", "model").err())
        .contains("training-log.jsonl: line 5 is no JSON");
    Path foreign = Files.createDirectories(folder.resolve("other")).resolve("thesis.tex");
    Files.writeString(foreign, "mine");
    TinySweep.Run run =
        TinySweep.run(
            "export",
            "--to",
            "csv",
            "--from",
            folder.resolve("sweep").toString(),
            "--output",
            foreign.getParent().toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("there is something that no export has written");
    assertThat(foreign.getParent()).isDirectoryContaining(file -> file.equals(foreign));
    assertThat(foreign.resolveSibling("frames.csv")).doesNotExist();
  }

  /** A log may come from anywhere; its words become names of files. */
  @Test
  void noWordOfALogLeadsOutOfTheFolder() throws IOException {
    Files.writeString(
        folder.resolve("model/training-log.jsonl"),
        """
        {"event":"start","identity":{"../../../escaped":"1"}}
        {"event":"progress","phase":"../../..","iteration":1,"../../../../escaped":1.5}
        """);

    assertThat(export("mlflow", "model").status()).isZero();

    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(file -> file.toString().contains("escaped")))
          .hasSize(2)
          .allMatch(file -> file.startsWith(folder.resolve("out")));
    }
  }

  @Test
  void aDamagedUnitIsNamedAndLeftOut() throws IOException {
    Path file;
    try (Stream<Path> files = Files.walk(folder.resolve("sweep/metrics"))) {
      file =
          files
              .filter(path -> path.getFileName().toString().equals(second.id() + ".parquet"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    TinySweep.Run run = export("csv", "sweep");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains(second.id() + ".parquet");
    assertThat(files().get("frames.csv")).contains(first.id()).doesNotContain(second.id());
  }
}
