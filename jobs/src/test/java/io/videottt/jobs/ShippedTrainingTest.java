package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.adaptation.training.JointTrainer;
import io.videottt.adaptation.training.TrainingListener;
import io.videottt.adaptation.training.TrainingSettings;
import io.videottt.adaptation.training.TrainingStart;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.video.Video;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.train.TrainingConfiguration;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped joint trainings for the paper's data, run over a handful of small pictures in the
 * real layouts with a small Mask2Former: everything but sizes and numbers is as shipped.
 */
class ShippedTrainingTest {

  private static final Configuration HADOOP = HadoopSettings.standard();

  private static final String SIZES =
      """
      {"batchSize": 2, "microBatchSize": 1, "logStep": 1, "validationStep": 2, "threads": 1,
       "imageCacheMegabytes": 1, "cropHeight": %d, "cropWidth": %d,
       "validationSize": {"shortSide": 40, "longSideLimit": 64}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cityscapes, 32, 64, 19",
    "coco-instance, 64, 64, 80",
    "coco-panoptic, 64, 64, 133",
  })
  void trainsFromACheckpointOfTheMainTaskAndGoesOnBitForBit(
      String name, int cropHeight, int cropWidth, int classes) throws Exception {
    Path data = folder.resolve("data");
    if (name.equals("cityscapes")) {
      writeCityscapes(data);
    } else {
      writeCoco(data);
    }
    Path checkpoint = writeCheckpoint(classes);
    Path config = smaller(name, checkpoint, cropHeight, cropWidth);

    train(config, data, "undisturbed");
    assertThatThrownBy(() -> killedAtTheSecondCheckpoint(config, data).train())
        .isInstanceOf(TaskKilledException.class);
    assertThat(folder.resolve("killed/joint")).doesNotExist();
    train(config, data, "killed");

    for (String file :
        List.of(
            "joint/config.json",
            "joint/model.safetensors",
            "joint/reconstruction.safetensors",
            "training-log.jsonl")) {
      assertThat(folder.resolve("killed").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("undisturbed").resolve(file));
    }
    assertThat(folder.resolve("killed/main-task-only")).doesNotExist();
    assertThat(Files.readAllBytes(folder.resolve("killed/joint/model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(checkpoint.resolve("model.safetensors")));
    assertThat(Files.readString(folder.resolve("killed/training-log.jsonl")))
        .contains("\"iteration\":3", "\"reconstruction_loss\":")
        .doesNotContain("NaN");
  }

  private void train(Path config, Path data, String output) {
    StringWriter console = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(console),
            new PrintWriter(console),
            "train",
            "--config",
            config.toString(),
            "--root",
            data.toString(),
            "--output",
            folder.resolve(output).toString());
    assertThat(status).as(console.toString()).isZero();
  }

  /** What the command does, with a listener that ends it. */
  private JointTrainer killedAtTheSecondCheckpoint(Path config, Path data) {
    TrainingConfiguration training =
        new ConfigurationFile(config).read(TrainingConfiguration.class);
    TrainingSettings settings =
        TrainingSettings.defaults()
            .with(training.settings(), "test")
            .with(Map.of("checkpointMinutes", 0), "test");
    DataSet dataset =
        Catalog.builtIn().open(training.training().dataset(), Optional.of(data.toString()), HADOOP);
    int[] checkpoints = new int[1];
    TrainingListener killer =
        new TrainingListener() {
          @Override
          public void progress(Progress progress) {}

          @Override
          public void checkpoint(String phase, int iteration, boolean resumed) {
            if (!resumed && ++checkpoints[0] == 2) {
              throw new TaskKilledException("stopped");
            }
          }
        };
    return new JointTrainer(
        settings,
        new TrainingStart.FromModel(hadoop(Path.of(training.startFrom()))),
        dataset.definition().classes(),
        videos(dataset, training.training().split(), settings.task()),
        videos(dataset, training.validation().split(), settings.task()),
        hadoop(folder.resolve("killed")),
        HADOOP,
        Device.cpu(),
        killer);
  }

  private static List<Video> videos(DataSet dataset, String split, Task task) {
    Set<Task> tasks = EnumSet.of(task);
    if (dataset.definition().layout().tasks().contains(Task.SEMANTIC)) {
      tasks.add(Task.SEMANTIC);
    }
    return dataset.videos(split, tasks);
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** The shipped file with other sizes and numbers. */
  private Path smaller(String name, Path checkpoint, int cropHeight, int cropWidth)
      throws IOException {
    ObjectNode shipped =
        new ConfigurationFile(Path.of("../conf/training/" + name + ".yaml")).tree();
    shipped.put("startFrom", checkpoint.toString());
    ObjectNode settings = (ObjectNode) shipped.get("settings");
    settings.setAll(
        (ObjectNode) new ObjectMapper().readTree(SIZES.formatted(cropHeight, cropWidth)));
    ((ObjectNode) settings.get("joint")).put("iterations", 3);
    // JSON is YAML.
    return Files.writeString(folder.resolve(name + ".yaml"), shipped.toString());
  }

  private Path writeCheckpoint(int classes) {
    String json =
        """
        {
          "model_type": "mask2former",
          "backbone_config": {
            "model_type": "swin", "embed_dim": 8, "depths": [1, 1, 1, 1],
            "num_heads": [1, 2, 2, 4], "window_size": 3, "num_channels": 3, "drop_path_rate": 0.3
          },
          "feature_size": 32, "mask_feature_size": 32, "hidden_dim": 32,
          "num_attention_heads": 4, "encoder_layers": 1, "encoder_feedforward_dim": 32,
          "decoder_layers": 2, "dim_feedforward": 32, "num_queries": 6, "num_labels": %d,
          "train_num_points": 64
        }
        """
            .formatted(classes);
    Path checkpoint = folder.resolve("checkpoint");
    try (SegmentationModel model =
        SegmentationModel.initialise(ModelConfiguration.parse(json, "test"), 1, Device.cpu())) {
      model.saveWithoutReconstruction(hadoop(checkpoint), HADOOP);
    }
    return checkpoint;
  }

  private static void writePicture(Path file, int width, int height, IntBinaryOperator colour)
      throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** Roads below, sky above. */
  private static void writeCityscapes(Path data) throws IOException {
    for (String place : List.of("train/aachen", "train/bochum", "val/ulm")) {
      String name = place.substring(place.indexOf('/') + 1) + "_000000_000019";
      int seed = place.length();
      writePicture(
          data.resolve("leftImg8bit/%s/%s_leftImg8bit.png".formatted(place, name)),
          96,
          48,
          (x, y) -> (y < 20 ? 0x4080f0 : 0x505050) + 3 * ((x * seed + y) % 5));
      Path labels = data.resolve("gtFine/%s/%s_gtFine_labelIds.png".formatted(place, name));
      Files.createDirectories(labels.getParent());
      BufferedImage ids = new BufferedImage(96, 48, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < 48; y++) {
        for (int x = 0; x < 96; x++) {
          ids.getRaster().setSample(x, y, 0, y < 20 ? 23 : x < 4 ? 0 : 7);
        }
      }
      ImageIO.write(ids, "png", labels.toFile());
    }
  }

  /** Pictures of different shapes, with a person before a sky. */
  private static void writeCoco(Path data) throws IOException {
    for (String split : List.of("train2017", "val2017")) {
      List<String> images = new ArrayList<>();
      List<String> objects = new ArrayList<>();
      List<String> annotations = new ArrayList<>();
      for (int id = 1; id <= 3; id++) {
        int width = id == 2 ? 40 : 72;
        int height = id == 2 ? 64 : 48;
        int left = 5 * id;
        String name = "%012d".formatted(id);
        IntBinaryOperator inside =
            (x, y) -> x >= left && x < left + 12 && y >= 10 && y < 40 ? 1 : 0;
        writePicture(
            data.resolve("%s/%s.png".formatted(split, name)),
            width,
            height,
            (x, y) -> inside.applyAsInt(x, y) == 1 ? 0xd0a040 + x % 7 : 0x4080f0 + y % 5);
        // Red is the lowest byte of a segment's id: 1 is the person, 2 the sky.
        writePicture(
            data.resolve("annotations/panoptic_%s/%s.png".formatted(split, name)),
            width,
            height,
            (x, y) -> inside.applyAsInt(x, y) == 1 ? 0x010000 : 0x020000);
        images.add(
            "{\"id\": %d, \"file_name\": \"%s.png\", \"width\": %d, \"height\": %d}"
                .formatted(id, name, width, height));
        objects.add(
            """
            {"id": %d, "image_id": %d, "category_id": 1, "iscrowd": 0, "area": 360,
             "bbox": [%d, 10, 12, 30],
             "segmentation": [[%d, 10, %d, 10, %d, 40, %d, 40]]}"""
                .formatted(id, id, left, left, left + 12, left + 12, left));
        annotations.add(
            """
            {"image_id": %d, "file_name": "%s.png", "segments_info": [
              {"id": 1, "category_id": 1, "iscrowd": 0, "area": 360, "bbox": [%d, 10, 12, 30]},
              {"id": 2, "category_id": 187, "iscrowd": 0, "area": %d, "bbox": [0, 0, %d, %d]}]}"""
                .formatted(id, name, left, width * height - 360, width, height));
      }
      String all = "{\"images\": [%s], \"annotations\": [%s], \"categories\": [%s]}";
      String person =
          "{\"id\": 1, \"name\": \"person\", \"supercategory\": \"person\", \"isthing\": 1}";
      String sky =
          "{\"id\": 187, \"name\": \"sky-other-merged\", \"supercategory\": \"sky\", \"isthing\":"
              + " 0}";
      Files.writeString(
          data.resolve("annotations/instances_%s.json".formatted(split)),
          all.formatted(String.join(",", images), String.join(",", objects), person));
      Files.writeString(
          data.resolve("annotations/panoptic_%s.json".formatted(split)),
          all.formatted(
              String.join(",", images), String.join(",", annotations), person + ", " + sky));
    }
  }
}
