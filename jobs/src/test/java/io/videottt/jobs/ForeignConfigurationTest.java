package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.io.config.ConfigurationFile;
import io.videottt.jobs.grid.GridFile;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.jobs.sweep.config.SweepSource;
import io.videottt.jobs.train.TrainingConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration as people write it, and as nobody should, through the commands. */
class ForeignConfigurationTest {

  private static final String CLASSES =
      """
      framesPerSecond: 10
      classes:
        - {id: 0, name: 1e3, thing: false, colour: "#804080"}
        - {id: 1, name: on, thing: true, colour: "#00008e"}
        - {id: 2, name: 0002, thing: false, colour: "#4682b4"}
      """;

  /** Of three classes, as all data sets here have. */
  private static String model;

  @TempDir private Path folder;

  @BeforeAll
  static void writeModel(@TempDir Path models) throws IOException {
    TinySweep.create(models, 1);
    model = models.resolve("joint").toString();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private TinySweep.Run plan(Path config) {
    return TinySweep.run(
        "plan", "--config", config.toString(), "--catalog", folder.resolve("catalog").toString());
  }

  private static void isRefused(TinySweep.Run run, String... words) {
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().count()).as(run.err()).isBetween(1L, 2L);
    assertThat(run.err()).contains(words).doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
  }

  private void sweep(String videos) throws IOException {
    write(
        "sweep.yaml",
        """
        datasets:
          - {name: numbers, splits: [test], videos: %s, root: 2024}
        models:
          - {label: demo, joint: %s}
        methods:
          - {method: mae-joint-training}
          - {method: online-ttt-mae, variant: 0010}
        """
            .formatted(videos, model));
  }

  private void numberedVideos() throws IOException {
    write(
        "catalog/numbers.yaml",
        "name: numbers\nlayout: {images: 1e3, labels: 0010, type: label-maps, imageSuffix: .png}\n"
            + CLASSES
            + "splits:\n"
            + "  test: {videos: [0001, 0010, 1_0, 10, 0x1F, 1e3, 2024-01-01, on, True]}\n");
    byte[] picture = picture();
    for (String video :
        List.of("0001", "0010", "1_0", "10", "0x1F", "1e3", "2024-01-01", "on", "True")) {
      for (String side : List.of("1e3", "0010")) {
        Path image = folder.resolve("2024").resolve(side).resolve(video).resolve("1.png");
        Files.createDirectories(image.getParent());
        Files.write(image, picture);
      }
    }
  }

  private byte[] picture() throws IOException {
    EvaluationFiles files = new EvaluationFiles(Files.createDirectories(folder.resolve("scratch")));
    files.gray("picture.png", 8, 6, (x, y) -> x / 4);
    return Files.readAllBytes(files.path("picture.png"));
  }

  /** Case 05, in a sweep, a grid and the file that both extend. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0001", "0010", "1_0", "10", "0x1F", "1e3", "2024-01-01", "on", "True", "\"10\""})
  void aVideoIsNamedAsItIsWritten(String word) throws IOException {
    numberedVideos();
    sweep("[" + word + "]");
    String video = word.replace("\"", "");
    TinySweep.Run run = plan(folder.resolve("sweep.yaml"));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    SweepConfiguration read = SweepSource.read(folder.resolve("sweep.yaml")).get(0).configuration();
    assertThat(read.datasets().get(0).videos()).containsExactly(video);
    assertThat(read.datasets().get(0).root()).isEqualTo(folder.resolve("2024").toString());
    assertThat(read.methods().get(1).variant()).isEqualTo("0010");

    write(
        "2024.yaml", Files.readString(folder.resolve("sweep.yaml")).replace(", variant: 0010", ""));
    Path grid =
        write(
            "grid.yaml",
            "extends: 2024.yaml\n"
                + "methods: [{method: online-ttt-mae}]\n"
                + "search: {cross: {window: [2, 4]}}\n");
    GridFile tried = GridFile.read(grid);
    assertThat(tried.base().datasets().get(0).videos()).containsExactly(video);
    Path training =
        write(
            "train.yaml",
            "training: {dataset: numbers, split: test, videos: [%s]}\n".formatted(word)
                + "validation: {dataset: numbers, split: test}\narchitecture: 0010\n");
    TrainingConfiguration trained =
        new ConfigurationFile(training).read(TrainingConfiguration.class);
    assertThat(trained.training().videos()).containsExactly(video);
    assertThat(trained.architecture()).isEqualTo("0010");
  }

  @Test
  void aVideoThatIsNotThereIsNamedAsItIsWritten() throws IOException {
    numberedVideos();
    sweep("[00010]");
    isRefused(plan(folder.resolve("sweep.yaml")), "\"00010\"");
  }

  @Test
  void aNameThatMeansNothingIsNamedWithItsPlace() throws IOException {
    numberedVideos();
    sweep("[0x1F, 1e3, ~, yes]");
    isRefused(
        plan(folder.resolve("sweep.yaml")),
        "videos[2] has no value; a name that is null or ~ goes in quotes");
    sweep("[0x1F, 1e3, yes]");
    isRefused(plan(folder.resolve("sweep.yaml")), "has no video \"yes\"");
  }

  /** Case 05 as it was handed over. */
  @ParameterizedTest
  @ValueSource(strings = {"bare.yaml", "octal.yaml", "quoted.yaml", "silent.yaml"})
  void case05NumberedVideosArePlannedAsTheyAreWritten(String file) throws IOException {
    Path root = SharedCases.folder("05-video-names-become-numbers");
    Path config =
        write(
            file,
            Files.readString(root.resolve(file))
                .replace("conf/models/demo/joint", model)
                .replace("splits: [test]", "splits: [test], root: " + root.resolve("data")));
    TinySweep.Run run =
        TinySweep.run(
            "plan", "--config", config.toString(), "--catalog", root.resolve("catalog").toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(file.equals("silent.yaml") ? "1_0" : "00");
  }

  /** Case 12: categories of any size in annotations, bytes in label images. */
  @Test
  void categoriesMayHaveIdsOfAnySize() throws IOException {
    write(
        "catalog/large.yaml",
        """
name: large
root: %s
layout: {type: coco-instances, images: img, instances: ann.json}
framesPerSecond: 10
splits: {test: {}}
classes:
  - {id: 0, name: road, thing: true, colour: "#00008e", sourceIds: [1]}
  - {id: 1, name: car, thing: true, colour: "#00008e", sourceIds: [300, 9223372036854775807]}
  - {id: 2, name: sky, thing: true, colour: "#00008e", sourceIds: [255]}
"""
            .formatted(folder));
    Files.createDirectories(folder.resolve("img"));
    Files.write(folder.resolve("img/a.png"), picture());
    String object =
        "{\"id\": %d, \"image_id\": 1, \"category_id\": %s, \"segmentation\": [[1, 1, 4, 1, 4,"
            + " 4]]}";
    write(
        "ann.json",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"height\": 6, \"width\": 8}],"
            + " \"annotations\": ["
            + String.join(
                ",",
                object.formatted(1, "300"),
                object.formatted(2, "9223372036854775807"),
                object.formatted(3, "255"))
            + "]}");
    TinySweep.Run run =
        TinySweep.run(
            "catalog", "check", "large", "--catalog", folder.resolve("catalog").toString());
    assertThat(run.out()).containsPattern("1 car +2 objects").containsPattern("2 sky +1 objects");
    assertThat(run.status()).isZero();
    write(
        "catalog/large.yaml",
        Files.readString(folder.resolve("catalog/large.yaml"))
            .replace("coco-instances, images: img, instances: ann.json", "label-maps"));
    isRefused(
        TinySweep.run(
            "catalog", "check", "large", "--catalog", folder.resolve("catalog").toString()),
        "class car: source id 300, expected 0 to 255 in this layout");
  }

  /** Case 12 as it was handed over. */
  @Test
  void case12LargeCategoriesAreCounted() {
    Path root = SharedCases.folder("12-category-ids-above-255");
    TinySweep.Run run =
        TinySweep.run(
            "catalog",
            "check",
            "coco-cat300",
            "--catalog",
            root.resolve("catalog").toString(),
            "--root",
            root.resolve("data").toString());
    assertThat(run.out()).containsPattern("1 car +2 objects");
    assertThat(run.status()).isZero();
  }

  /** Case 21: Latin-1 in a catalogue file, a sweep file, and a file that it extends. */
  @Test
  void case21LatinOneIsRefusedEverywhere() throws IOException {
    numberedVideos();
    sweep("[on]");
    Path catalog = folder.resolve("catalog/numbers.yaml");
    String named = Files.readString(catalog).replace("name: on,", "name: Straße,");
    Files.write(catalog, named.getBytes(StandardCharsets.ISO_8859_1));
    String reason = "byte 0xdf is not UTF-8 (perhaps Latin-1 or a Windows code page)";
    isRefused(plan(folder.resolve("sweep.yaml")), "numbers.yaml: line 6: " + reason);
    Files.writeString(catalog, named);
    assertThat(plan(folder.resolve("sweep.yaml")).status()).isZero();
    Path config = folder.resolve("sweep.yaml");
    String text = Files.readString(config) + "provenance: {by: Grüße}\n";
    Files.write(config, text.getBytes(StandardCharsets.ISO_8859_1));
    isRefused(plan(config), "sweep.yaml: line 8: ");
  }

  /** Case 23, through the command. */
  @Test
  @Timeout(180)
  void case23AMegabyteOfBracketsIsOneLine() throws IOException {
    numberedVideos();
    isRefused(
        plan(write("brackets.yaml", "[".repeat(1_000_000))),
        "brackets.yaml: line 1: nested more than 64 deep");
    isRefused(plan(write("brackets.yaml", "{a: ".repeat(250_000))), "nested more than 64 deep");
  }

  @Test
  void whatAFileSaysNeverReachesATerminalAsItStands() throws IOException {
    numberedVideos();
    sweep("[on]");
    String text = Files.readString(folder.resolve("sweep.yaml"));
    for (String line :
        List.of(
            "\"\\e[2Jgone\": 1",
            "\"a\\nttt: done\": 1",
            "preset: \"\\e]0;title\\a\"",
            "threads: \"\\e[31m\"",
            "tasks: [\"\\r\\e[K\"]",
            "extends: \"\\u202eyaml.exe\"")) {
      TinySweep.Run run = plan(write("sweep.yaml", text + line + "\n"));
      assertThat(run.status()).as(line).isEqualTo(1);
      assertThat(run.err().lines().count()).as(run.err()).isBetween(1L, 2L);
      assertThat(run.err().chars().filter(c -> c != '\n'))
          .as(line)
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
      assertThat(run.err()).doesNotContain("\nttt: done");
    }
  }
}
