package io.videottt.jobs.fuzz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.training.TrainingSettings;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.jobs.EvaluationFiles;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.grid.GridFile;
import io.videottt.jobs.sweep.config.PresetFile;
import io.videottt.jobs.train.TrainingConfiguration;
import io.videottt.metrics.RunLengthMask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;

/**
 * Every reader of foreign bytes, with valid files of its own.
 *
 * <table>
 *   <caption>What is read, and the targets that reach it</caption>
 *   <tr><td>sweep files, and what they extend</td><td>yaml-sweep, yaml-part</td></tr>
 *   <tr><td>grid files, training files, presets, catalogue files</td>
 *       <td>yaml-grid, yaml-training, yaml-preset, yaml-catalogue</td></tr>
 *   <tr><td>COCO annotations, results, masks, run lengths</td>
 *       <td>coco-*, data-coco-panoptic, png-mask, run-lengths</td></tr>
 *   <tr><td>label maps, KITTI-STEP's maps, gray images and sizes, frame lists</td>
 *       <td>data-label-map, data-step-*, data-frame-list, evaluate-frames</td></tr>
 *   <tr><td>PNG, JPEG, EXIF</td><td>picture-*</td></tr>
 *   <tr><td>model folders</td><td>model-*: both architectures, weights, the image processor</td></tr>
 *   <tr><td>what is converted: config.json, detectron2's YAML, indices of shards, safetensors,
 *       archives of torch.save, pickles</td><td>convert-*, checkpoint-*</td></tr>
 *   <tr><td>checkpoints of units: index, tensors, results, smoothed predictions</td>
 *       <td>unit-*</td></tr>
 *   <tr><td>checkpoints of trainings: state, checksums, model, optimiser</td>
 *       <td>training-*</td></tr>
 *   <tr><td>results: plans, failures, leases, unit files, checkpoints in {@code status}; data sets,
 *       memory of data; the list of a report's files</td><td>results-*</td></tr>
 *   <tr><td>rows of unit files in Spark, in the profile {@code fuzz} only</td>
 *       <td>report-rows</td></tr>
 * </table>
 *
 * <p>{@code units/*.json} are listed and not read. Rows of Spark's image schema come from Spark,
 * and property files are read by Spark and Hadoop themselves.
 */
final class FuzzTargets {

  private static final List<byte[]> NO_BOMBS = List.of();

  private static final String COCO =
      """
      name: coco
      root: %s
      layout: {type: coco-instances, images: img, instances: ann.json}
      framesPerSecond: 10
      splits: {all: {}}
      classes:
        - {id: 0, name: car, thing: true, colour: "#00008e", sourceIds: [3]}
        - {id: 1, name: road, thing: false, colour: "#00008e", sourceIds: [7]}
      """;

  /** Scores files that are found by their names. */
  @FunctionalInterface
  private interface Evaluation {
    String run(Function<String, Path> files, Path out);
  }

  private final Path root;
  private final TinySweep tiny;
  private final EvaluationFiles scores;

  private FuzzTargets(Path root) throws IOException {
    this.root = root;
    this.tiny = TinySweep.create(Files.createDirectories(root.resolve("tiny")), 1, 1);
    this.scores = new EvaluationFiles(Files.createDirectories(root.resolve("scores")));
  }

  /**
   * All targets.
   *
   * @param folder for the files that they need
   */
  static List<FuzzTarget> all(Path folder) {
    try {
      FuzzTargets targets = new FuzzTargets(folder.resolve("fuzz"));
      List<FuzzTarget> all = new ArrayList<>();
      all.addAll(targets.configurations());
      all.addAll(targets.annotations());
      all.addAll(targets.pictures());
      all.addAll(FuzzDataSets.of(targets.root, targets.scores));
      targets.tiny.configOfTasks("[semantic]", "methods: [{method: main-task-only}]");
      all.addAll(
          FuzzModels.of(
              targets.root.resolve("tiny/joint"), targets.root.resolve("tiny/mask2former")));
      Path unit = Files.createDirectories(targets.root.resolve("unit"));
      TinySweep.create(unit, 2);
      all.addAll(FuzzCheckpoints.of(targets.root, unit));
      all.addAll(FuzzResults.of(targets.root));
      return all;
    } catch (Exception e) {
      throw new IllegalStateException("the valid files cannot be made", e);
    }
  }

  /** Published checkpoints, where there are some beside the repository; each takes its time. */
  static List<FuzzTarget> checkpoints() {
    Path folder =
        Path.of(System.getenv().getOrDefault("VIDEOTTT_FIXTURES", "../../shared/fixtures"))
            .resolve("d2-checkpoint-small");
    return Stream.of("d2.pkl", "d2.pth", "d2.safetensors")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .map(FuzzTargets::checkpoint)
        .toList();
  }

  private static FuzzTarget checkpoint(Path file) {
    String name = file.getFileName().toString();
    try {
      return new FuzzTarget(
          "checkpoint-" + name,
          FuzzGrammar.BYTES,
          List.of(Files.readAllBytes(file)),
          NO_BOMBS,
          2,
          (input, folder) ->
              command(
                  "convert",
                  "--checkpoint",
                  write(folder, name, input),
                  "--output",
                  folder.resolve("model").toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<FuzzTarget> configurations() throws IOException {
    byte[] sweep =
        Files.readAllBytes(
            tiny.config(
                "methods: [{method: online-ttt-mae, settings: {window: 4}}]\npreset: small\n"));
    byte[] grid =
        bytes(
            "extends: sweep.yaml\nmethods: [{method: online-ttt-mae, preset: small}]\n"
                + "search: {cross: {window: [2, 4], learningRate: [1e-3, 3.0e-4]}}\n");
    byte[] training =
        bytes(
            "training: {dataset: tiny, split: train, videos: [stills]}\n"
                + "validation: {dataset: tiny, split: test}\narchitecture: config.json\n"
                + "settings: {seed: 3}\n");
    Path catalog = root.resolve("tiny/catalog");
    return List.of(
        yaml(
            "sweep",
            sweep,
            (input, folder) ->
                command(
                    "plan",
                    "--config",
                    write(root.resolve("tiny"), "fuzz.yaml", input),
                    "--catalog",
                    catalog.toString())),
        yaml(
            "part",
            sweep,
            (input, folder) -> {
              write(root.resolve("tiny"), "part.yaml", input);
              byte[] whole = bytes("extends: part.yaml\nseeds: [1]\n");
              return command(
                  "plan",
                  "--config",
                  write(root.resolve("tiny"), "fuzz.yaml", whole),
                  "--catalog",
                  catalog.toString());
            }),
        yaml(
            "preset",
            bytes("extends: small\nwindow: 4\nlearningRate: 1e-3\nprediction: {votes: 3}\n"),
            (input, folder) -> {
              PresetFile.settings(write(folder, "preset.yaml", input), "fuzz");
              return "";
            }),
        yaml(
            "grid",
            grid,
            (input, folder) -> {
              GridFile.read(Path.of(write(root.resolve("tiny"), "fuzz.yaml", input))).all();
              return "";
            }),
        yaml(
            "training",
            training,
            (input, folder) -> {
              ConfigurationFile file =
                  new ConfigurationFile(Path.of(write(folder, "t.yaml", input)));
              TrainingSettings.defaults()
                  .with(file.read(TrainingConfiguration.class).settings(), "t.yaml: settings");
              return "";
            }),
        yaml(
            "catalogue",
            Files.readAllBytes(catalog.resolve("tiny.yaml")),
            (input, folder) -> {
              write(folder, "data.yaml", input);
              return command("catalog", "list", "--catalog", folder.toString());
            }));
  }

  private static FuzzTarget yaml(String name, byte[] seed, FuzzTarget.Reader reader) {
    List<byte[]> bombs =
        Stream.of("[", "{", "{a: ", "- ", "[\n", "&a [", "? ")
            .map(open -> bytes(open.repeat((1 << 20) / open.length())))
            .toList();
    return new FuzzTarget("yaml-" + name, FuzzGrammar.YAML, List.of(seed), bombs, 2, reader);
  }

  private List<FuzzTarget> annotations() throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    for (String file : List.of("gt-panoptic.json", "pred-panoptic.json")) {
      targets.add(json("coco-" + file, file, this::panoptic));
    }
    for (String file : List.of("gt-instance.json", "pred-instance.json")) {
      targets.add(json("coco-" + file, file, this::instance));
    }
    byte[] objects = Files.readAllBytes(scores.path("gt-instance.json"));
    Path catalog = Files.createDirectories(root.resolve("coco"));
    targets.add(
        new FuzzTarget(
            "coco-data-set",
            FuzzGrammar.JSON,
            List.of(objects),
            NO_BOMBS,
            2,
            (input, folder) -> {
              Files.createDirectories(folder.resolve("img"));
              for (String image : List.of("a.png", "b.png")) {
                Files.copy(scores.path("gt").resolve(image), folder.resolve("img/" + image));
              }
              write(folder, "ann.json", input);
              write(catalog, "coco.yaml", bytes(COCO.formatted(folder)));
              return command("catalog", "check", "coco", "--catalog", catalog.toString());
            }));
    targets.add(
        new FuzzTarget(
            "run-lengths",
            FuzzGrammar.BYTES,
            Stream.of(1, 7, 500).map(period -> bytes(mask(period).compressed())).toList(),
            List.of(bytes("o".repeat(1 << 20)), bytes("0".repeat(1 << 20)), new byte[0]),
            1,
            (input, folder) -> {
              String text = new String(input, StandardCharsets.ISO_8859_1);
              RunLengthMask.parse(64, 64, text).toPixels();
              return "";
            }));
    return targets;
  }

  /** A mask of 64 x 64 pixels in stripes. */
  private static RunLengthMask mask(int period) {
    boolean[] pixels = new boolean[64 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / period % 2 == 1;
    }
    return RunLengthMask.of(64, 64, pixels);
  }

  private FuzzTarget json(String name, String file, Evaluation evaluation) throws IOException {
    byte[] seed = Files.readAllBytes(scores.path(file));
    List<byte[]> bombs =
        Stream.of("[", "{\"annotations\":", "{\"a\":[", "[{\"image_id\":")
            .map(open -> bytes(open.repeat((1 << 20) / open.length())))
            .toList();
    return new FuzzTarget(
            name,
            FuzzGrammar.JSON,
            List.of(seed),
            bombs,
            // One for every frame, and a word of how many there are.
            4,
            (input, folder) -> {
              write(folder, file, input);
              Path out = Files.createDirectories(folder.resolve("out")).resolve("result.json");
              return evaluation.run(
                  other -> other.equals(file) ? folder.resolve(file) : scores.path(other), out);
            })
        .leaving(FuzzTargets::opensResult);
  }

  /** A result that is there is JSON of scores. */
  private static void opensResult(Path folder) throws IOException {
    Path result = folder.resolve("out/result.json");
    if (Files.exists(result)
        && !new JsonMapper().readTree(Files.readAllBytes(result)).has("pooled")) {
      throw new IllegalStateException("it holds no scores");
    }
  }

  private String panoptic(Function<String, Path> files, Path out) {
    return command(
        "evaluate",
        "panoptic",
        "--ground-truth",
        files.apply("gt-panoptic.json").toString(),
        "--ground-truth-masks",
        files.apply("gt-masks").toString(),
        "--predictions",
        files.apply("pred-panoptic.json").toString(),
        "--prediction-masks",
        files.apply("pred-masks").toString(),
        "--json",
        out.toString());
  }

  private String instance(Function<String, Path> files, Path out) {
    return command(
        "evaluate",
        "instance",
        "--ground-truth",
        files.apply("gt-instance.json").toString(),
        "--predictions",
        files.apply("pred-instance.json").toString(),
        "--json",
        out.toString());
  }

  private List<FuzzTarget> pictures() throws IOException {
    List<byte[]> png = new ArrayList<>();
    List<byte[]> jpeg = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_BYTE_INDEXED
        }) {
      png.add(picture(type, "png"));
    }
    jpeg.add(picture(BufferedImage.TYPE_INT_RGB, "jpg"));
    jpeg.add(picture(BufferedImage.TYPE_BYTE_GRAY, "jpg"));
    byte[] mask = Files.readAllBytes(scores.path("pred-masks").resolve("a.png"));
    return List.of(
        picture("png", png, "picture.png"),
        picture("jpeg", jpeg, "picture.jpg"),
        new FuzzTarget(
            "png-mask",
            FuzzGrammar.BYTES,
            List.of(mask),
            NO_BOMBS,
            4,
            (input, folder) -> {
              Path masks = Files.createDirectories(folder.resolve("masks"));
              write(masks, "a.png", input);
              Files.copy(scores.path("pred-masks").resolve("b.png"), masks.resolve("b.png"));
              Path out = Files.createDirectories(folder.resolve("out")).resolve("result.json");
              return panoptic(name -> name.equals("pred-masks") ? masks : scores.path(name), out);
            }));
  }

  static FuzzTarget picture(String name, List<byte[]> seeds, String file) {
    return new FuzzTarget(
        "picture-" + name,
        FuzzGrammar.BYTES,
        seeds,
        NO_BOMBS,
        2,
        (input, folder) -> {
          String path = write(folder, file, input);
          new ImageFiles(new Configuration()).read(new org.apache.hadoop.fs.Path(path));
          return "";
        });
  }

  private static byte[] picture(int type, String format) throws IOException {
    BufferedImage image = new BufferedImage(24, 16, type);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 24; x++) {
        image.setRGB(x, y, 0xff000000 | x * 10 << 16 | y * 15 << 8 | x * y);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  /** Runs a command; its complaint, empty where it is content. */
  static String command(String... arguments) {
    TinySweep.Run run = TinySweep.run(arguments);
    if (run.status() < 0 || run.status() > 1) {
      throw new IllegalStateException("status %d: %s".formatted(run.status(), run.err()));
    }
    for (String text : List.of(run.err(), run.out())) {
      if (text.contains("\tat ") || text.contains("Exception")) {
        throw new IllegalStateException("words of Java: " + text);
      }
    }
    return run.status() == 0 ? "" : run.err();
  }

  static String write(Path folder, String name, byte[] input) throws IOException {
    return Files.write(folder.resolve(name), input).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
