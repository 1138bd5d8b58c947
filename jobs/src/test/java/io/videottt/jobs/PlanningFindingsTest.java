package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with data or models is found when a sweep is planned, and stops no other video. */
class PlanningFindingsTest {

  private static final String METHODS = "methods: [{method: main-task-only}]\n";

  @TempDir private Path folder;
  private TinySweep sweep;
  private Path config;

  @BeforeEach
  void writeVideos() throws IOException {
    sweep = TinySweep.create(folder, 2, 2);
    config = sweep.config(METHODS);
  }

  private TinySweep.Run plan() {
    return TinySweep.run(
        "plan", "--config", config.toString(), "--catalog", folder.resolve("catalog").toString());
  }

  private void catalogue(String from, String to) throws IOException {
    Path file = folder.resolve("catalog/tiny.yaml");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void aVideoWithoutFramesIsNamedAndTheOthersRun() throws IOException {
    Files.delete(sweep.image("b", 0));
    Files.delete(sweep.image("b", 1));

    TinySweep.Run planned = plan();
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.out())
        .contains("left out: tiny test b: ", "has no files that end in .png", "1 task, 1 unit");

    TinySweep.Run run = sweep.sweep(config, "out", "local[1]");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("ttt: left out: tiny test b: ").doesNotContain("Exception");
    assertThat(TinySweep.reproducibleRows(sweep.output("out"))).hasSize(2);
    TinySweep.Run status = TinySweep.run("status", "--output", sweep.output("out").toString());
    assertThat(status.out()).contains("1 done", "left out: tiny test b: ");
  }

  @Test
  void whereNoVideoCanBeOpenedTheFirstReasonIsSaid() throws IOException {
    for (String video : List.of("a", "b")) {
      Files.delete(sweep.image(video, 0));
      Files.delete(sweep.image(video, 1));
    }
    TinySweep.Run planned = plan();
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.out()).isEmpty();
    assertThat(planned.err().lines()).hasSize(1);
    assertThat(planned.err()).contains("video a has no files that end in .png");
  }

  @Test
  void filesThatBelongToNoFrameAreCounted() throws IOException {
    Files.move(sweep.image("a", 1), sweep.image("a", 1).resolveSibling("0001.PNG"));
    TinySweep.Run planned = plan();
    assertThat(planned.status()).isZero();
    assertThat(planned.out())
        .contains("tiny test: files or lines that belong to no frame: 2, for example ")
        .contains("0001.PNG", "./ttt catalog check tiny names them");
    TinySweep.Run run = sweep.sweep(config, "out", "local[1]");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("files or lines that belong to no frame: 2");
  }

  @Test
  void classesOfAnotherNumberAreRefusedInOneLineWithBothListsNames() throws IOException {
    catalogue("  - {id: 2, name: car, thing: true, colour: \"#ff0000\"}\n", "");
    TinySweep.Run planned = plan();
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.err().lines()).hasSize(1);
    assertThat(planned.err())
        .contains("models: tiny", "has 3 classes and data set tiny has 2", "id2label");
  }

  @Test
  void namesOfClassesAreComparedWhereAModelHasThem() throws IOException {
    config = sweep.configOfTasks("[semantic]", METHODS);
    Path file = folder.resolve("catalog/tiny-step.yaml");
    String text = Files.readString(file);

    Files.writeString(file, text.replace("name: car", "name: tram"));
    assertThat(plan().status()).isZero();
    assertThat(plan().out()).contains("name 1 differently: 2 car / tram");

    Files.writeString(file, text.replace("  - {id: 2, name: car", "  #"));
    assertThat(plan().err().lines()).hasSize(1);
    assertThat(plan().err())
        .contains("has 3 classes and data set tiny-step has 2")
        .contains("only the model has car; only the data set has none");

    Files.writeString(
        file,
        text.replace("name: sky", "name: x")
            .replace("name: road", "name: Sky")
            .replace("name: x", "name: road"));
    TinySweep.Run swapped = plan();
    assertThat(swapped.status()).isEqualTo(1);
    assertThat(swapped.err().lines()).hasSize(1);
    assertThat(swapped.err())
        .contains("the same classes in another order: class 0 is sky for the one and road");
  }

  @Test
  void videosOfAnyNameRunAndKeepIt() throws IOException {
    List<String> names = List.of("cam 12:30", "50% #1?", "a=b", "q'\"", "*[x]{y}", "back\\slash");
    for (String name : names) {
      sweep.writeFrame(name, 0);
    }
    List<String> quoted = new ArrayList<>();
    names.forEach(name -> quoted.add("'" + name.replace("'", "''") + "'"));
    catalogue("videos: [a, b]", "videos: [" + String.join(", ", quoted) + "]");

    TinySweep.Run run = sweep.sweep(config, "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    String rows = String.join("\n", TinySweep.reproducibleRows(sweep.output("out")));
    for (String name : names) {
      String json = name.replace("\\", "\\\\").replace("\"", "\\\"");
      assertThat(rows).contains("\"video\":\"" + json + "\"");
    }
  }

  @Test
  void case18VideosWhoseNamesAreTooLongForAFolderRunAndKeepThem() throws IOException {
    List<String> names = List.of("a", "L".repeat(255), "\u65e5\u672c\u8a9e".repeat(28));
    for (String name : names) {
      sweep.writeFrame(name, 0);
    }
    catalogue("videos: [a, b]", "videos: [" + String.join(", ", names) + "]");

    TinySweep.Run run = sweep.sweepWithReport(config, "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    List<String> rows = TinySweep.reproducibleRows(sweep.output("out"));
    assertThat(rows).hasSize(4);
    for (String name : names.subList(1, 3)) {
      assertThat(rows).anyMatch(row -> row.contains("\"video_name\":\"" + name + "\""));
    }
    try (Stream<Path> tables = Files.walk(sweep.output("out").resolve("tables"))) {
      Path videos =
          tables
              .filter(file -> file.getFileName().toString().matches("videos-.*\\.csv"))
              .findFirst()
              .orElseThrow();
      assertThat(Files.readString(videos)).contains(names);
    }
    TinySweep.Run again = sweep.sweep(config, "out", "local[1]");
    assertThat(again.err()).contains("3 units on 3 videos, 3 done before");
  }
}
