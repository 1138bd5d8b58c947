package io.videottt.jobs.fuzz;

import ai.djl.Device;
import io.videottt.model.Parameter;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The readers of model folders of both architectures, and of what is converted to them: published
 * folders in one file or in several, Python's pickles and archives, and detectron2's
 * configurations.
 */
final class FuzzModels {

  private static final Configuration HADOOP = new Configuration();
  private static final List<byte[]> NO_BOMBS = List.of();
  private static final String CONFIGURATION = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String SHARD = "model-00001-of-00001.safetensors";

  private static final String SWIN =
      """
      MODEL:
        PIXEL_MEAN: [123.675, 116.280, 103.530]
        BACKBONE: {NAME: "D2SwinTransformer"}
        SWIN: {EMBED_DIM: 8, DEPTHS: [1, 1, 1, 1], NUM_HEADS: [1, 1, 2, 2], WINDOW_SIZE: 4,
               APE: False, DROP_PATH_RATE: 0.2}
        SEM_SEG_HEAD: {NUM_CLASSES: 3, CONVS_DIM: 32, MASK_DIM: 8, NORM: GN}
        MASK_FORMER: {DEC_LAYERS: 2, NHEADS: 4, NUM_OBJECT_QUERIES: 6, DIM_FEEDFORWARD: 16,
                      NO_OBJECT_WEIGHT: 0.2, SIZE_DIVISIBILITY: 16}
      INPUT: {MIN_SIZE_TRAIN: !!python/object/apply:eval ["1"]}
      """;

  private final Path model;

  private FuzzModels(Path model) {
    this.model = model;
  }

  /**
   * All of them.
   *
   * @param pyramid folder of a small feature pyramid
   * @param model folder of a small Mask2Former
   */
  static List<FuzzTarget> of(Path pyramid, Path model) throws IOException {
    FuzzModels models = new FuzzModels(model);
    List<FuzzTarget> targets = new ArrayList<>(ofPyramid(pyramid));
    targets.addAll(models.loaded());
    targets.addAll(models.converted());
    return targets;
  }

  private static List<FuzzTarget> ofPyramid(Path model) throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    for (String file : List.of("config.json", "model.safetensors", "reconstruction.safetensors")) {
      boolean text = file.endsWith(".json");
      targets.add(
          new FuzzTarget(
              "model-" + file,
              text ? FuzzGrammar.JSON : FuzzGrammar.BYTES,
              List.of(Files.readAllBytes(model.resolve(file))),
              text ? NO_BOMBS : tables(),
              2,
              (input, folder) -> {
                copy(model, folder);
                FuzzTargets.write(folder, file, input);
                load(folder).close();
                return "";
              }));
    }
    return targets;
  }

  /** Safetensors files whose tables of contents say nothing at length. */
  private static List<byte[]> tables() {
    List<byte[]> tables = new ArrayList<>();
    for (String piece : List.of("[", "{\"a\":", "\"k\":{\"dtype\":\"F32\",\"shape\":[0]},")) {
      String table = "{" + piece.repeat((4 << 20) / piece.length());
      byte[] json = bytes(table);
      tables.add(
          ByteBuffer.allocate(8 + json.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(json.length)
              .put(json)
              .array());
    }
    for (long length : new long[] {-1, 0, 1, 90_000_000, Long.MAX_VALUE}) {
      tables.add(ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    }
    return tables;
  }

  private List<FuzzTarget> loaded() throws IOException {
    List<byte[]> processors =
        List.of(
            bytes("{\"size_divisor\": 32}"),
            bytes("{\"do_resize\": true, \"size\": {\"height\": 384}, \"size_divisibility\": 16}"),
            bytes("{}"));
    return List.of(
        loaded("mask2former-config", CONFIGURATION, List.of(configuration()), NO_BOMBS),
        loaded("preprocessor_config", "preprocessor_config.json", processors, nested()));
  }

  /** Loads the folder with one file replaced. */
  private FuzzTarget loaded(String name, String file, List<byte[]> seeds, List<byte[]> bombs) {
    return new FuzzTarget(
        "model-" + name,
        FuzzGrammar.JSON,
        seeds,
        bombs,
        2,
        (input, folder) -> {
          copy(model, folder);
          FuzzTargets.write(folder, file, input);
          load(folder).close();
          return "";
        });
  }

  private List<FuzzTarget> converted() throws IOException {
    Map<String, FuzzPickles.Tensor> tensors = new LinkedHashMap<>();
    try (SegmentationModel loaded = load(model)) {
      for (Parameter parameter : loaded.parameters().all()) {
        tensors.put(
            parameter.name(),
            new FuzzPickles.Tensor(
                parameter.value().getShape().getShape(), parameter.value().toFloatArray()));
      }
    }
    String map =
        tensors.keySet().stream()
            // The reconstruction decoder has a file of its own.
            .filter(name -> !name.startsWith("reconstruction."))
            .map(name -> "\"%s\": \"%s\"".formatted(name, SHARD))
            .collect(Collectors.joining(", "));
    byte[] index =
        bytes("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {%s}}".formatted(map));
    byte[] weights = Files.readAllBytes(model.resolve(WEIGHTS));
    return List.of(
        folder("config", FuzzGrammar.JSON, CONFIGURATION, configuration(), NO_BOMBS, WEIGHTS),
        folder("index", FuzzGrammar.JSON, WEIGHTS + ".index.json", index, nested(), SHARD),
        folder("safetensors", FuzzGrammar.BYTES, WEIGHTS, weights, NO_BOMBS, WEIGHTS),
        folder(
            "torch",
            FuzzGrammar.BYTES,
            "pytorch_model.bin",
            FuzzPickles.torch(tensors),
            NO_BOMBS,
            ""),
        file("pickle", FuzzGrammar.BYTES, "d2.pkl", FuzzPickles.detectron(tensors), NO_BOMBS),
        new FuzzTarget(
                "convert-detectron-yaml",
                FuzzGrammar.YAML,
                List.of(bytes(SWIN)),
                List.of(bytes("{a: ".repeat(100_000)), bytes("_BASE_: d2.yaml\nMODEL: {}\n")),
                2,
                (input, folder) ->
                    convert(
                        model.resolve(WEIGHTS).toString(),
                        folder,
                        "--config",
                        FuzzTargets.write(folder, "d2.yaml", input)))
            .leaving(FuzzModels::opens));
  }

  private byte[] configuration() throws IOException {
    return Files.readAllBytes(model.resolve(CONFIGURATION));
  }

  /**
   * Converts a published folder.
   *
   * @param file that is the input
   * @param weights name of the file of weights beside it; empty for none
   */
  private FuzzTarget folder(
      String name,
      FuzzGrammar grammar,
      String file,
      byte[] seed,
      List<byte[]> bombs,
      String weights) {
    return new FuzzTarget(
            "convert-" + name,
            grammar,
            List.of(seed),
            bombs,
            2,
            (input, folder) -> {
              Path published = Files.createDirectories(folder.resolve("published"));
              Files.write(published.resolve(CONFIGURATION), configuration());
              if (!weights.isEmpty()) {
                Files.copy(model.resolve(WEIGHTS), published.resolve(weights));
              }
              FuzzTargets.write(published, file, input);
              return convert(published.toString(), folder);
            })
        .leaving(FuzzModels::opens);
  }

  private static FuzzTarget file(
      String name, FuzzGrammar grammar, String file, byte[] seed, List<byte[]> bombs) {
    return new FuzzTarget(
            "convert-" + name,
            grammar,
            List.of(seed),
            bombs,
            2,
            (input, folder) -> convert(FuzzTargets.write(folder, file, input), folder))
        .leaving(FuzzModels::opens);
  }

  private static String convert(String checkpoint, Path folder, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "convert",
                "--checkpoint",
                checkpoint,
                "--output",
                folder.resolve("model").toString()));
    arguments.addAll(List.of(more));
    return FuzzTargets.command(arguments.toArray(String[]::new));
  }

  /** A model folder that was made can be loaded. */
  static void opens(Path folder) {
    Path made = folder.resolve("model");
    if (Files.exists(made)) {
      load(made).close();
    }
  }

  static SegmentationModel load(Path folder) {
    return SegmentationModel.load(
        new org.apache.hadoop.fs.Path(folder.toUri()), HADOOP, Device.cpu());
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static List<byte[]> nested() {
    return Stream.of("[", "{\"size_divisor\":", "{\"weight_map\":")
        .map(open -> bytes(open.repeat((1 << 20) / open.length())))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
