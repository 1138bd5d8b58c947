package io.videottt.jobs.fuzz;

import io.videottt.jobs.EvaluationFiles;
import io.videottt.jobs.cli.evaluate.EvaluationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The readers of data sets beside those of COCO's instances: label maps, panoptic maps with their
 * gray images and sizes, COCO's panoptic files, lists of frames, and pictures in every form that
 * tests know.
 */
final class FuzzDataSets {

  private static final Path PICTURES =
      Path.of("../data-catalog/src/test/resources/io/videottt/catalog/image/pictures");

  private static final String CATALOGUE =
      """
      name: fuzzed
      root: %s
      layout: {%s}
      framesPerSecond: 10
      splits: {all: {%s}}
      classes:
        - {id: 0, name: car, thing: true, colour: "#00008e"%s}
        - {id: 1, name: road, thing: false, colour: "#808080"%s}
      """;

  private final Path root;
  private final EvaluationFiles scores;

  private FuzzDataSets(Path root, EvaluationFiles scores) {
    this.root = root;
    this.scores = scores;
  }

  /**
   * All of them.
   *
   * @param root for the catalogue
   * @param scores pictures, label maps and annotations that are right
   */
  static List<FuzzTarget> of(Path root, EvaluationFiles scores) throws IOException {
    FuzzDataSets sets =
        new FuzzDataSets(Files.createDirectories(root.resolve("fuzzed-catalog")), scores);
    String maps = "type: label-maps, imageSuffix: .png";
    byte[] labels = sets.file("gt/a.png");
    byte[] list = "v/0\n\n v/1.png \nv/0\n".getBytes(StandardCharsets.UTF_8);
    byte[] size =
        "{\"imgHeight\": 6, \"imgWidth\": 8, \"more\": [1]}".getBytes(StandardCharsets.UTF_8);
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(sets.folders("label-map", FuzzGrammar.BYTES, maps, "labels/v/0.png", labels));
    targets.add(sets.folders("frame-list", FuzzGrammar.BYTES, maps, "list.txt", list));
    targets.add(
        sets.folders(
            "step-map",
            FuzzGrammar.BYTES,
            "type: kitti-step",
            "panoptic_maps/v/0.png",
            sets.file("step.png")));
    targets.add(
        sets.folders(
            "step-gray",
            FuzzGrammar.BYTES,
            "type: kitti-step",
            "panoptic_maps/v/0_sem.png",
            labels));
    targets.add(
        sets.folders(
            "step-size", FuzzGrammar.JSON, "type: kitti-step", "panoptic_maps/v/0.json", size));
    targets.add(sets.panoptic());
    targets.add(sets.frames());
    targets.addAll(pictures());
    return targets;
  }

  private byte[] file(String name) throws IOException {
    if (name.equals("step.png")) {
      scores.colour(name, EvaluationFiles.WIDTH, EvaluationFiles.HEIGHT, (x, y) -> x < 4 ? 256 : 1);
    }
    return Files.readAllBytes(scores.path(name));
  }

  /** A data set of two frames in folders, with one file replaced. */
  private FuzzTarget folders(
      String name, FuzzGrammar grammar, String layout, String file, byte[] seed) {
    boolean step = layout.contains("kitti");
    return new FuzzTarget(
        "data-" + name,
        grammar,
        List.of(seed),
        List.of("v/".repeat(1 << 19).getBytes(StandardCharsets.UTF_8)),
        2,
        (input, folder) -> {
          for (int frame = 0; frame < 2; frame++) {
            copy("gt/a.png", folder.resolve("images/v/%d.png".formatted(frame)));
            if (step) {
              copy("step.png", folder.resolve("panoptic_maps/v/%d.png".formatted(frame)));
            } else {
              copy("gt/a.png", folder.resolve("labels/v/%d.png".formatted(frame)));
            }
          }
          if (file.endsWith(".json")) {
            copy("gt/a.png", folder.resolve("panoptic_maps/v/0_sem.png"));
          }
          Files.createDirectories(folder.resolve(file).getParent());
          Files.write(folder.resolve(file), input);
          return check(folder, layout, file.equals("list.txt") ? "list: list.txt" : "", "");
        });
  }

  private FuzzTarget panoptic() throws IOException {
    return new FuzzTarget(
        "data-coco-panoptic",
        FuzzGrammar.JSON,
        List.of(file("gt-panoptic.json")),
        List.of("{\"annotations\":".repeat(60_000).getBytes(StandardCharsets.UTF_8)),
        2,
        (input, folder) -> {
          for (String image : List.of("a.png", "b.png")) {
            copy("gt/" + image, folder.resolve("img/" + image));
            copy("gt-masks/" + image, folder.resolve("masks/" + image));
          }
          FuzzTargets.write(folder, "ann.json", input);
          String layout = "type: coco-panoptic, images: img, panoptic: ann.json, masks: masks";
          return check(folder, layout, "", ", sourceIds: [%d]");
        });
  }

  private String check(Path folder, String layout, String split, String ids) throws IOException {
    String text =
        CATALOGUE.formatted(
            folder,
            layout,
            split,
            ids.isEmpty() ? ids : ids.formatted(3),
            ids.isEmpty() ? ids : ids.formatted(7));
    Files.writeString(root.resolve("fuzzed.yaml"), text);
    return FuzzTargets.command("catalog", "check", "fuzzed", "--catalog", root.toString());
  }

  /** The list of {@code evaluate semantic --frames}. */
  private FuzzTarget frames() {
    return new FuzzTarget(
        "evaluate-frames",
        FuzzGrammar.BYTES,
        List.of("a\nb.png\n".getBytes(StandardCharsets.UTF_8)),
        List.of("\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)),
        EvaluationOptions.MOST_MESSAGES + 1,
        (input, folder) ->
            FuzzTargets.command(
                "evaluate",
                "semantic",
                "--ground-truth",
                scores.path("gt").toString(),
                "--predictions",
                scores.path("pred").toString(),
                "--num-classes",
                "2",
                "--frames",
                FuzzTargets.write(folder, "frames.txt", input)));
  }

  /** Pictures of every kind, in one reader for each format. */
  private static List<FuzzTarget> pictures() throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    for (String suffix : List.of(".png", ".jpg")) {
      List<byte[]> seeds = new ArrayList<>();
      try (Stream<Path> files = Files.list(PICTURES)) {
        for (Path file : files.filter(f -> f.toString().endsWith(suffix)).sorted().toList()) {
          seeds.add(Files.readAllBytes(file));
        }
      }
      targets.add(FuzzTargets.picture("all" + suffix, seeds, "picture" + suffix));
    }
    return targets;
  }

  private void copy(String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.write(to, file(name));
  }
}
