package io.videottt.jobs;

import ai.djl.Device;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.folder.SegmentationModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A data set of a few small videos on disk, a tiny network, and a sweep over them. */
public final class TinySweep {

  static final int CLASSES = 3;
  private static final int HEIGHT = 32;
  private static final int WIDTH = 48;

  /** How many methods {@link #ALL_METHODS} holds. */
  static final int METHOD_COUNT = 12;

  /** Every adapting method in a form that takes milliseconds. */
  static final String ALL_METHODS =
      """
methods:
  - {method: main-task-only, preset: small}
  - {method: mae-joint-training, preset: small}
  - {method: ttt-mae-no-memory, preset: small, settings: {batchSize: 1}}
  - {method: online-ttt-mae, preset: small, settings: {batchSize: 2, window: 3}}
  - {method: offline-ttt-mae-all-frames, preset: small, settings: {batchSize: 1, offlineIterations: 2, offlineEvaluationStep: 1}}
  - {method: ln-adapt, preset: small}
  - {method: tent, preset: small, settings: {batchSize: 1, window: 3}}
  - {method: tent-class-balance, preset: small, settings: {batchSize: 1, window: 3}}
  - {method: self-train, preset: small, settings: {batchSize: 1, window: 3, selfTraining: {confidenceThreshold: 0.4}}}
  - {method: self-train-class-balance, preset: small, settings: {batchSize: 1, window: 3, selfTraining: {confidenceThreshold: 0.4}}}
  - {method: standardised-fixed, preset: small}
  - {method: foreign-frames, preset: small, settings: {batchSize: 1}}
trainingImages: {dataset: tiny, split: train}
""";

  /** A few rows are read faster than code for them is compiled. */
  public static final List<String> QUICK_QUERIES =
      List.of(
          "--conf",
          "spark.sql.codegen.wholeStage=false",
          "--conf",
          "spark.sql.codegen.factoryMode=NO_CODEGEN",
          "--conf",
          "spark.sql.shuffle.partitions=1");

  private static final Set<String> NOT_REPRODUCIBLE =
      Set.of(
          MetricsSchema.SECONDS_LOAD,
          MetricsSchema.SECONDS_ADAPT,
          MetricsSchema.SECONDS_PREDICT,
          MetricsSchema.SECONDS_EVALUATE,
          MetricsSchema.HOST);

  private static final String ARCHITECTURE =
      """
      {"model_type": "videottt_feature_pyramid", "num_labels": 3,
       "encoder": {"stem": "convolution", "stem_channels": 4, "channels": [8, 8, 8, 8],
         "depths": [1, 1, 1, 1],
         "blocks": ["convolution", "convolution", "convolution", "convolution"],
         "num_heads": [0, 0, 0, 0], "window_sizes": [0, 0, 0, 0], "mlp_ratio": 2.0},
       "pyramid": {"channels": 8, "groups": 2},
       "loss": {"class_weights": [], "resolution": "quarter"}}
      """;

  private static final String CHROMA =
      ARCHITECTURE.replace("\"num_labels\": 3", "\"num_labels\": 0, \"output_space\": \"chroma\"");

  /**
   * A network for all three tasks of segmentation; with so low a threshold it finds segments
   * without training.
   */
  private static final String MASK2FORMER =
      """
      {"model_type": "mask2former", "id2label": {"0": "sky", "1": "road", "2": "car"},
       "feature_size": 32, "hidden_dim": 32, "mask_feature_size": 8, "num_attention_heads": 4,
       "encoder_layers": 1, "encoder_feedforward_dim": 16, "decoder_layers": 2,
       "dim_feedforward": 16, "num_queries": 6,
       "backbone_config": {"embed_dim": 8, "depths": [1, 1, 1, 1], "num_heads": [1, 1, 2, 2],
         "window_size": 4}}
      """;

  /** What a command printed, and its exit status. */
  public record Run(int status, String out, String err) {}

  private final Path folder;

  TinySweep(Path folder) {
    this.folder = folder;
  }

  /** Writes videos a, b, c of the given lengths, a training split, the catalogue and the models. */
  public static TinySweep create(Path folder, int... frames) throws IOException {
    TinySweep sweep = new TinySweep(folder);
    for (int video = 0; video < frames.length; video++) {
      sweep.writeVideo(videoName(video), frames[video]);
    }
    sweep.writeVideo("stills", 3);
    sweep.writeCatalog(frames.length);
    for (String model : List.of("joint", "main")) {
      sweep.writeModel(model, ARCHITECTURE);
    }
    return sweep;
  }

  /**
   * The data, models and results of a sweep that an earlier program has run, on another machine
   * maybe.
   *
   * @param zip folders {@code data}, {@code joint} and {@code out}
   * @param videos as many as the data has, besides the training split
   */
  static TinySweep unpack(InputStream zip, Path folder, int videos) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(zip)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
      }
    }
    TinySweep sweep = new TinySweep(folder);
    sweep.writeCatalog(videos);
    return sweep;
  }

  private void writeModel(String name, String architecture) {
    try (SegmentationModel model =
        SegmentationModel.initialise(
            ModelConfiguration.parse(architecture, name), name.hashCode(), Device.cpu())) {
      model.save(new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()), new Configuration());
    }
  }

  /** Lays a decoder for standardised images beside the joint model's decoder for the pixels. */
  void addStandardisedDecoder() throws IOException {
    Configuration hadoop = new Configuration();
    Path other = folder.resolve("standardised");
    try (SegmentationModel model =
        SegmentationModel.load(
            new org.apache.hadoop.fs.Path(folder.resolve("joint").toUri()), hadoop, Device.cpu())) {
      model.initialiseReconstruction(5, ReconstructionTarget.IMAGE_STANDARDISED);
      model.save(new org.apache.hadoop.fs.Path(other.toUri()), hadoop);
    }
    Files.copy(
        other.resolve("reconstruction.safetensors"),
        folder.resolve("joint/reconstruction-image-standardised.safetensors"));
  }

  private static String videoName(int index) {
    return String.valueOf((char) ('a' + index));
  }

  public Path image(String video, int frame) {
    return folder.resolve("data/images").resolve(video).resolve("%04d.png".formatted(frame));
  }

  private Path label(String video, int frame) {
    return folder.resolve("data/labels").resolve(video).resolve("%04d.png".formatted(frame));
  }

  private Path segments(String video, int frame) {
    return folder.resolve("data/panoptic_maps").resolve(video).resolve("%04d.png".formatted(frame));
  }

  private void writeVideo(String video, int frames) throws IOException {
    for (int frame = 0; frame < frames; frame++) {
      writeFrame(video, frame);
    }
  }

  /** Writes one frame: the same every time. */
  void writeFrame(String video, int frame) throws IOException {
    SplittableRandom random = new SplittableRandom(video.hashCode() * 1000L + frame);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    BufferedImage labels = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage segments = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    int horizon = 8 + random.nextInt(16);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int label = y < horizon ? 0 : x < WIDTH / 2 ? 1 : 2;
        int noise = random.nextInt(40);
        image.setRGB(x, y, 60 * (label + 1) + noise << 16 | 90 + noise << 8 | 200 - 60 * label);
        labels.getRaster().setSample(x, y, 0, label);
        // Two cars, one above the other.
        segments.setRGB(x, y, label << 16 | (label < 2 ? 0 : y < 28 ? 1 : 2));
      }
    }
    write(image, image(video, frame));
    write(labels, label(video, frame));
    write(segments, segments(video, frame));
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private void writeCatalog(int videos) throws IOException {
    List<String> names = new ArrayList<>();
    for (int video = 0; video < videos; video++) {
      names.add(videoName(video));
    }
    Path catalog = folder.resolve("catalog");
    Files.createDirectories(catalog);
    String labelMaps =
        "type: label-maps, images: images, imageSuffix: .png, labels: labels, labelSuffix: .png,"
            + " labelEncoding: SINGLE_CHANNEL";
    writeDataSet(catalog, "tiny", labelMaps, names);
    writeDataSet(catalog, "tiny-step", "type: kitti-step", names);
  }

  private void writeDataSet(Path catalog, String name, String layout, List<String> videos)
      throws IOException {
    Files.writeString(
        catalog.resolve(name + ".yaml"),
        """
        name: %s
        root: %s
        layout: {%s}
        framesPerSecond: 10
        published: false
        splits:
          test: {videos: [%s]}
          train: {videos: [stills]}
        classes:
          - {id: 0, name: sky, thing: false, colour: "#0000ff"}
          - {id: 1, name: road, thing: false, colour: "#808080"}
          - {id: 2, name: car, thing: true, colour: "#ff0000"}
        """
            .formatted(name, folder.resolve("data"), layout, String.join(", ", videos)));
  }

  /** A sweep file over the test videos. */
  public Path config(String methods) throws IOException {
    Path file = folder.resolve("sweep.yaml");
    Files.writeString(
        file,
        """
        datasets: [{name: tiny, splits: [test]}]
        models: [{label: tiny, joint: joint, mainTaskOnly: main}]
        """
            + methods);
    return file;
  }

  /** A sweep file over the test videos, with a model that does all tasks. */
  public Path configOfTasks(String tasks, String methods) throws IOException {
    if (!Files.exists(folder.resolve("mask2former"))) {
      writeModel("mask2former", MASK2FORMER);
    }
    Path file = folder.resolve("tasks.yaml");
    Files.writeString(
        file,
        """
        datasets: [{name: tiny-step, splits: [test]}]
        tasks: %s
        models: [{label: tiny, joint: mask2former, mainTaskOnly: mask2former}]
        %s"""
            .formatted(tasks, methods));
    return file;
  }

  /** A sweep file over the test videos, with a model that colours. */
  public Path configOfColorization(String methods) throws IOException {
    if (!Files.exists(folder.resolve("chroma"))) {
      writeModel("chroma", CHROMA);
    }
    Path file = folder.resolve("colorization.yaml");
    Files.writeString(
        file,
        """
        datasets: [{name: tiny, splits: [test]}]
        tasks: [colorization]
        models: [{label: chroma, joint: chroma, mainTaskOnly: chroma}]
        %s"""
            .formatted(methods));
    return file;
  }

  public Path output(String name) {
    return folder.resolve(name);
  }

  /** Runs units only: a report costs more than the tiny networks. */
  public Run sweep(Path config, String output, String master, String... more) {
    return sweep(config, output, master, List.of("--no-report"), List.of(more));
  }

  public Run sweepWithReport(Path config, String output, String master, String... more) {
    return sweep(config, output, master, List.of(), List.of(more));
  }

  private Run sweep(
      Path config, String output, String master, List<String> report, List<String> more) {
    List<String> arguments = arguments(config, output, master);
    arguments.addAll(report);
    arguments.addAll(more);
    return run(arguments.toArray(String[]::new));
  }

  /** Makes the report of an output folder. */
  public static Run report(Path results, Path output) {
    return run(
        "report",
        "--results",
        results.toString(),
        "--output",
        output.toString(),
        "--master",
        "local[1]");
  }

  /** The command line of a sweep. */
  public List<String> arguments(Path config, String output, String master) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "sweep",
                "--config",
                config.toString(),
                "--output",
                output(output).toString(),
                "--catalog",
                folder.resolve("catalog").toString(),
                "--master",
                master));
    arguments.addAll(QUICK_QUERIES);
    return arguments;
  }

  public static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Run(status, out.toString(), err.toString());
  }

  /** A results folder's rows as JSON, without times and host, in a fixed order. */
  public static List<String> reproducibleRows(Path output) {
    SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT);
    try {
      Dataset<Row> rows = spark.read().parquet(output.resolve("metrics").toString());
      String[] columns =
          Arrays.stream(rows.columns())
              .filter(column -> !NOT_REPRODUCIBLE.contains(column))
              .toArray(String[]::new);
      return rows.selectExpr(columns).orderBy("unit_id", "frame_index").toJSON().collectAsList();
    } finally {
      spark.stop();
    }
  }

  /** The rows of a method, in the order of videos and frames. */
  List<Row> rows(String output, String method) {
    SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT);
    try {
      Dataset<Row> rows = spark.read().parquet(output(output).resolve("metrics").toString());
      return rows.where(rows.col(MetricsSchema.METHOD).equalTo(method))
          .orderBy(MetricsSchema.VIDEO, MetricsSchema.FRAME_INDEX)
          .collectAsList();
    } finally {
      spark.stop();
    }
  }

  /** Files below a folder, hidden ones left out, relative to it. */
  public static List<String> visibleFiles(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
