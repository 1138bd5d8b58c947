package io.videottt.jobs.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.drawing.ClassColours;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.ImageList;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PredictionOverlay;
import io.videottt.jobs.ml.InvalidImages;
import io.videottt.jobs.ml.SegmentPartition;
import io.videottt.jobs.predict.FolderLabeller;
import io.videottt.jobs.predict.FolderSegmenter;
import io.videottt.jobs.predict.ImageIds;
import io.videottt.jobs.predict.ImageRecord;
import io.videottt.jobs.predict.ImageSegmenter;
import io.videottt.jobs.predict.InstanceWriter;
import io.videottt.jobs.predict.PanopticWriter;
import io.videottt.jobs.predict.PredictionOutput;
import io.videottt.jobs.predict.PredictionTensors;
import io.videottt.jobs.predict.ResultNames;
import io.videottt.jobs.predict.SegmentWriter;
import io.videottt.jobs.predict.VideoPredictions;
import io.videottt.jobs.predict.VideoPredictor;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.mask2former.Mask2FormerConfiguration;
import io.videottt.model.tensor.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predicts images and videos with a fixed model. */
@Command(
    name = "predict",
    description = {
      "Predicts an image, a video, or every PNG, JPEG and video of a folder, with a fixed model.",
      "Writes into OUTPUT, for every image NAME:",
      "  semantic      NAME.png (class ids) and NAME-overlay.png (colours over the image)",
      "  panoptic      NAME.png (segment ids as COCO's colours), NAME-overlay.png, panoptic.json",
      "  instance      NAME-overlay.png (masks, boxes, names, scores), and instances.json",
      "  colorization  NAME.png (the image's luma, and predicted colours)",
      "For a video FILM it writes OUTPUT/FILM/TASK.mp4; --save chooses the same files for its"
          + " frames, too.",
      "Photographs are turned as their EXIF orientation says.",
      "A folder is predicted with Spark; a file that cannot be read is named, the others go on."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt predict --model conf/models/demo/joint --input street.png --output runs/street",
      "  ./ttt predict --model conf/models/demo-mask2former/joint --task panoptic \\",
      "      --colours embedded --input street.png --output runs/street",
      "  ./ttt predict --model conf/models/demo-colorization/joint --task colorization \\",
      "      --height 96 --width 160 --input film.mp4 --output runs/film"
    })
public final class PredictCommand implements Callable<Integer> {

  private static final int MOST_FRAMES_PER_SECOND = 1000;

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private DeviceOption device;
  @Mixin private CatalogOptions catalog;
  @Mixin private SparkOptions spark;
  @Mixin private PostProcessingOptions postProcessing;
  @Mixin private FilmOptions film;
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model folder: config.json and model.safetensors; any Hadoop path.")
  private String model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE_OR_DIR",
      description = "An image, a video, or a folder of them; any Hadoop path.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output folder; any Hadoop path.")
  private String output;

  @Option(
      names = "--task",
      defaultValue = "semantic",
      paramLabel = "TASK",
      description =
          "semantic, panoptic, instance or colorization (default: ${DEFAULT-VALUE}). Panoptic "
              + "and instance need a model that predicts masks, such as Mask2Former, "
              + "colorization one that was trained for it.")
  private Task task;

  @Option(
      names = "--height",
      defaultValue = "0",
      paramLabel = "H",
      description = "Rows that the network works at (default: the image's own size).")
  private int height;

  @Option(
      names = "--width",
      defaultValue = "0",
      paramLabel = "W",
      description = "Columns that the network works at (default: the image's own size).")
  private int width;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      paramLabel = "P",
      description =
          "fp32, bf16 or fp16: how the network computes, as in settings (default: "
              + "${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--colours",
      paramLabel = "DATASET",
      description =
          "Data set whose classes the model predicts: their colours, names and ids, and "
              + "which of them are things (default: a palette; for panoptic and instance the "
              + "classes that the model's config.json names, where the catalogue knows them).")
  private String colours;

  @Option(
      names = "--batch-size",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Images of a folder that go through the network together (default: "
              + "${DEFAULT-VALUE}). More are faster on a GPU; pixels between two equally likely "
              + "classes may change.")
  private int batchSize;

  @Option(
      names = "--dump-tensors",
      paramLabel = "FILE",
      description =
          "Write the head's tensors to a safetensors file (semantic, one image only): "
              + "class_queries_logits and masks_queries_logits, or logits for dense prediction.")
  private String tensors;

  @Option(
      names = "--save",
      split = ",",
      paramLabel = "KIND",
      description =
          "predictions, overlays, video, or several with commas: what is written of a video "
              + "(default: video). Given for a folder of images, these are the frames of one "
              + "video, by name.")
  private List<SaveKind> save = new ArrayList<>();

  @Option(
      names = "--frames-per-second",
      defaultValue = "10",
      paramLabel = "N",
      description = "Of a video made of images (default: ${DEFAULT-VALUE}).")
  private double framesPerSecond;

  @Override
  public Integer call() throws IOException {
    DeviceChoice.check(device.device());
    requireOptions();
    Configuration hadoop = HadoopSettings.standard();
    OutputPlace.requireFolder(output, "--output", hadoop);
    if (tensors != null) {
      OutputPlace.requireFile(tensors, "--dump-tensors", hadoop);
    }
    ImageList found = new ImageFiles(hadoop).list(input);
    List<Path> files = found.images();
    boolean oneImage = files.size() == 1 && found.films().isEmpty();
    if (tensors != null && (!oneImage || task != Task.SEMANTIC || !save.isEmpty())) {
      throw new InvalidInputException(
          "--dump-tensors takes one image and --task semantic, but %s holds %d and the task is %s"
              .formatted(input, files.size() + found.films().size(), task.id()));
    }
    ClassColours palette =
        colours == null
            ? ClassColours.palette()
            : ClassColours.of(catalog.open().definition(colours));
    ResultNames names = ResultNames.of(files);
    PredictionOutput target =
        new PredictionOutput(output, names, palette, new SerializableConfiguration(hadoop));
    target.requireApart(files);
    boolean whole = found.films().isEmpty() || videos(hadoop, palette).films(found.films());
    if (!files.isEmpty()) {
      whole &=
          task.seesGray() || !save.isEmpty()
              ? videos(hadoop, palette).pictures(files, names, framesPerSecond)
              : predictImages(files, target, hadoop);
    }
    reportNames(found, names);
    return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private boolean predictImages(List<Path> files, PredictionOutput target, Configuration hadoop)
      throws IOException {
    List<String> failures =
        task == Task.SEMANTIC
            ? predictClasses(files, target, hadoop)
            : predictSegments(files, target, hadoop);
    report(files.size() - failures.size(), failures);
    return failures.isEmpty();
  }

  private VideoPredictions videos(Configuration hadoop, ClassColours palette) {
    return new VideoPredictions(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        new VideoPredictions.Model(model, device.device(), spark.settings(), hadoop),
        SaveKind.set(save),
        (configuration, kinds) -> {
          requireTask(configuration);
          return new VideoPredictor(
              task,
              height,
              width,
              precision,
              task == Task.PANOPTIC || task == Task.INSTANCE
                  ? PredictionOverlay.of(classes(configuration), postProcessing.drawThreshold())
                  : PredictionOverlay.ofPixels(palette),
              postProcessing.settings(),
              kinds,
              film.layout(),
              output,
              new SerializableConfiguration(hadoop));
        });
  }

  private void requireOptions() {
    if (batchSize < 1) {
      throw new InvalidInputException(
          "--batch-size is %d, must be at least 1".formatted(batchSize));
    }
    if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
      throw new InvalidInputException(
          "--height %d --width %d: give both, each at least 1, or neither"
              .formatted(height, width));
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= MOST_FRAMES_PER_SECOND)) {
      throw new InvalidInputException(
          "--frames-per-second is %s, expected more than 0, at most %d"
              .formatted(framesPerSecond, MOST_FRAMES_PER_SECOND));
    }
    film.layout();
    postProcessing.settings();
  }

  private void report(int segmented, List<String> failures) {
    String results =
        switch (task) {
          case SEMANTIC -> "label maps and overlays";
          case PANOPTIC -> "segment ids, overlays and " + PanopticWriter.SUMMARY;
          case INSTANCE -> "overlays and " + InstanceWriter.SUMMARY;
          case COLORIZATION -> throw new IllegalStateException("colours are frames of a video");
        };
    var out = spec.commandLine().getOut();
    out.printf("%s segmented; %s in %s%n", Count.of(segmented, "image"), results, output);
    out.flush();
    var err = spec.commandLine().getErr();
    failures.forEach(failure -> err.println("ttt: " + failure));
    err.flush();
  }

  private void reportNames(ImageList found, ResultNames names) {
    var out = spec.commandLine().getOut();
    if (!names.whole().isEmpty()) {
      out.printf(
          "%s with a name that differs in the extension only: results have the whole one, for"
              + " example %s%n",
          Count.of(names.whole().size(), "image"),
          names.whole().stream().sorted().findFirst().orElseThrow() + ".png");
    }
    if (!found.others().isEmpty()) {
      out.printf(
          "%d other file(s) or folder(s) in %s are no .png, .jpg, .jpeg or video and were left out,"
              + " for example %s%n",
          found.others().size(), input, found.others().get(0).getName());
    }
    out.flush();
  }

  private List<String> predictClasses(
      List<Path> files, PredictionOutput target, Configuration hadoop) throws IOException {
    if (files.size() == 1) {
      predictClasses(files.get(0), target, hadoop);
      return List.of();
    }
    // A folder without a usable model is refused here, in one line, not by every task.
    try (SegmentationModel loaded = load(hadoop, Device.cpu())) {
      requireTask(loaded.configuration());
    }
    try (SparkSession session = SparkSessions.start("predict", spark.settings())) {
      Configuration sessions = session.sessionState().newHadoopConf();
      SegmentPartition segmentation =
          new SegmentPartition(
              SegmentPartition.qualified(model, "--model", sessions),
              device.device(),
              height,
              width,
              precision,
              batchSize,
              InvalidImages.KEEP,
              new SerializableConfiguration(sessions));
      return new FolderLabeller(session, target).run(files, segmentation);
    }
  }

  /** One image, without Spark, whose start takes longer than the image. */
  private void predictClasses(Path file, PredictionOutput target, Configuration hadoop) {
    RgbImage image = new ImageFiles(hadoop).read(file);
    try (SegmentationModel loaded = load(hadoop, DeviceChoice.resolve(device.device()));
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      requireTask(loaded.configuration());
      FramePredictor predictor = new FramePredictor(loaded, new WorkingSize(height, width, 0, 0));
      FramePredictor.Result result = precision.within(() -> predictor.predictWithTensors(image));
      target.write(file, image, result.labels());
      if (tensors != null) {
        PredictionTensors.write(new Path(tensors), hadoop, result.prediction());
      }
    }
  }

  private List<String> predictSegments(
      List<Path> files, PredictionOutput target, Configuration hadoop) throws IOException {
    boolean alone = files.size() == 1;
    ImageSegmenter images;
    try (SegmentationModel loaded =
        load(hadoop, alone ? DeviceChoice.resolve(device.device()) : Device.cpu())) {
      requireTask(loaded.configuration());
      images = segmentImages(loaded.configuration(), files, target);
      images.requireFit(loaded);
      if (alone) {
        ImageRecord record = images.predict(loaded, files.get(0));
        images.task().writeSummary(() -> Stream.of(record));
        return List.of();
      }
    }
    try (SparkSession session = SparkSessions.start("predict", spark.settings())) {
      return new FolderSegmenter(session, model, device.device()).run(files, images, hadoop);
    }
  }

  /** A network for colours is none for classes, and the other way round. */
  private void requireTask(ModelConfiguration configuration) {
    Set<Task> able = configuration.tasks();
    if (!able.contains(task) && (task.seesGray() || able.contains(Task.COLORIZATION))) {
      throw new InvalidInputException(
          "the model in %s was not trained for %s; give --task %s, or another --model"
              .formatted(
                  model,
                  task.title(),
                  able.stream().sorted().map(Task::id).collect(Collectors.joining(" or "))));
    }
  }

  /** The classes of a model that tells segments. */
  private PredictedClasses classes(ModelConfiguration configuration) {
    if (!(configuration instanceof Mask2FormerConfiguration)) {
      throw new InvalidInputException(
          "%s predicts the class of every pixel and has no queries to make segments of"
                  .formatted(model)
              + "\n--task %s needs a Mask2Former; this model can do --task semantic"
                  .formatted(task.id()));
    }
    return colours == null
        ? PredictedClasses.of(configuration, model, catalog.open())
        : PredictedClasses.of(catalog.open().definition(colours));
  }

  private ImageSegmenter segmentImages(
      ModelConfiguration configuration, List<Path> files, PredictionOutput target) {
    PredictedClasses classes = classes(configuration);
    ImageIds ids = ImageIds.of(files, target.names());
    SegmentWriter segments =
        task == Task.PANOPTIC
            ? new PanopticWriter(target, classes, ids)
            : new InstanceWriter(target, classes, ids, postProcessing.drawThreshold());
    return new ImageSegmenter(
        segments, height, width, precision, classes, postProcessing.settings());
  }

  private SegmentationModel load(Configuration hadoop, Device where) {
    return SegmentationModel.load(new Path(model), hadoop, where);
  }
}
