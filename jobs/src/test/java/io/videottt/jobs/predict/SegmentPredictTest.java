package io.videottt.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.StreetImages;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.saved.JsonText;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import io.videottt.model.folder.SegmentationModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPredictTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static List<RgbImage> frames;

  @TempDir private Path folder;
  private Path images;
  private Path output;

  @BeforeAll
  static void drawFrames() {
    frames = StreetImages.frames(2);
  }

  @BeforeEach
  void writeImages() throws IOException {
    images = folder.resolve("images");
    output = folder.resolve("output");
    StreetImages.write(frames.get(0), images.resolve("000007.png"));
    StreetImages.write(frames.get(1), images.resolve("000012.png"));
  }

  private static <T> T ask(Function<FramePredictor, T> question) {
    EngineThread.prepare(1);
    try (SegmentationModel model =
        SegmentationModel.load(
            new org.apache.hadoop.fs.Path(StreetImages.MASK2FORMER),
            new Configuration(),
            Device.cpu())) {
      return question.apply(
          new FramePredictor(
              model,
              WorkingSize.own(),
              Catalog.builtIn().definition("embedded").classes(),
              PostProcessing.defaults()));
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  @Test
  void panopticSegmentsOfAFolderAreWrittenInCocosFormat() throws IOException {
    Path broken = Files.writeString(images.resolve("000013.png"), "broken");

    TinySweep.Run run =
        StreetImages.predict(
            StreetImages.MASK2FORMER,
            images,
            output,
            "--task",
            "panoptic",
            "--colours",
            "embedded");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(broken.toString());
    assertThat(run.out())
        .isEqualTo(
            "2 images segmented; segment ids, overlays and panoptic.json in %s%n"
                .formatted(output));
    assertThat(TinySweep.visibleFiles(output))
        .containsExactly(
            "000007-overlay.png",
            "000007.png",
            "000012-overlay.png",
            "000012.png",
            "panoptic.json");
    PanopticMap map = ask(predictor -> predictor.panoptic(frames.get(1)));
    assertThat(ids(output.resolve("000012.png"))).isEqualTo(map.ids());
    JsonNode annotation = json(output.resolve("panoptic.json")).path("annotations").get(1);
    assertThat(annotation.path("image_id").asInt()).isEqualTo(12);
    assertThat(annotation.path("segments_info")).hasSameSizeAs(map.segments());
    for (int i = 0; i < map.segments().size(); i++) {
      PanopticSegment segment = map.segments().get(i);
      JsonNode written = annotation.path("segments_info").get(i);
      assertThat(written.path("id").asInt()).isEqualTo(segment.id());
      assertThat(written.path("category_id").asInt()).isEqualTo(segment.classId());
      assertThat(written.path("area").asLong()).isEqualTo(area(map, segment.id()));
    }
    assertScoredAgainstItself();
  }

  /** Case 04: a name of 19 digits is an id that is written, read, and scored against itself. */
  @Test
  void anIdOfSixtyThreeBitsComesBack() throws IOException {
    Path image = folder.resolve("9223372036854775807.png");
    StreetImages.write(frames.get(0), image);
    String[] more = {"--task", "panoptic", "--colours", "embedded"};
    assertThat(StreetImages.predict(StreetImages.MASK2FORMER, image, output, more).status())
        .isZero();
    assertThat(json(output.resolve("panoptic.json")).at("/annotations/0/image_id").asLong())
        .isEqualTo(Long.MAX_VALUE);
    assertScoredAgainstItself();
  }

  private static int[] ids(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    int[] ids = new int[image.getWidth() * image.getHeight()];
    for (int i = 0; i < ids.length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      ids[i] = rgb >> 16 & 0xff | rgb & 0xff00 | (rgb & 0xff) << 16;
    }
    return ids;
  }

  private static long area(PanopticMap map, int id) {
    return Arrays.stream(map.ids()).filter(other -> other == id).count();
  }

  private void assertScoredAgainstItself() throws IOException {
    String summary = output.resolve("panoptic.json").toString();
    Path scores = folder.resolve("scores.json");
    TinySweep.Run run =
        TinySweep.run(
            "evaluate",
            "panoptic",
            "--ground-truth",
            summary,
            "--ground-truth-masks",
            output.toString(),
            "--predictions",
            summary,
            "--prediction-masks",
            output.toString(),
            "--json",
            scores.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(json(scores).path("pooled").path("PQ").asDouble()).isEqualTo(100);
  }

  @Test
  void instancesAreWrittenAsCocosResults() throws IOException {
    TinySweep.Run run =
        StreetImages.predict(
            StreetImages.MASK2FORMER,
            images.resolve("000007.png"),
            output,
            "--task",
            "instance",
            "--colours",
            "cityscapes");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(output))
        .containsExactly("000007-overlay.png", "instances.json");
    List<InstanceDetection> expected = ask(predictor -> predictor.instances(frames.get(0)));
    JsonNode results = json(output.resolve("instances.json"));
    assertThat(results).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      JsonNode result = results.get(i);
      RunLengthMask mask = expected.get(i).mask();
      assertThat(result.path("image_id").asInt()).isEqualTo(7);
      assertThat(result.path("score").asDouble()).isEqualTo(expected.get(i).score());
      assertThat(result.path("category_id").asLong())
          .isEqualTo(
              Catalog.builtIn()
                  .definition("cityscapes")
                  .classes()
                  .get(expected.get(i).classId())
                  .sourceIds()
                  .get(0));
      String counts = result.path("segmentation").path("counts").asText();
      assertThat(RunLengthMask.parse(96, 160, counts).counts()).isEqualTo(mask.counts());
    }
    assertThat(Files.readAllBytes(output.resolve("000007-overlay.png")))
        .isNotEqualTo(Files.readAllBytes(images.resolve("000007.png")));
  }

  @Test
  void aFolderOfInstancesGivesWhatEachImageGivesAlone() throws IOException {
    String[] options = {"--task", "instance", "--colours", "embedded", "--detections", "60"};
    Path alone = folder.resolve("alone");

    TinySweep.Run run = StreetImages.predict(StreetImages.MASK2FORMER, images, output, options);

    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> single = new ArrayList<>();
    for (String name : List.of("000007", "000012")) {
      StreetImages.predict(StreetImages.MASK2FORMER, images.resolve(name + ".png"), alone, options);
      json(alone.resolve("instances.json")).forEach(single::add);
      assertThat(output.resolve(name + "-overlay.png"))
          .hasSameBinaryContentAs(alone.resolve(name + "-overlay.png"));
    }
    assertThat(
            StreamSupport.stream(json(output.resolve("instances.json")).spliterator(), false)
                .toList())
        .isEqualTo(single)
        .isNotEmpty();
  }

  @Test
  void whatAModelCannotDoIsSaidInTwoLines() {
    assertFails(
        StreetImages.predict(StreetImages.MODEL, images, output, "--task", "panoptic"),
        "no queries to make segments of",
        "--task panoptic needs a Mask2Former");
    assertFails(
        StreetImages.predict(StreetImages.MASK2FORMER, images, output, "--task", "panoptic"),
        "cityscapes, embedded, kitti-step, which disagree about what is a thing",
        "--colours");
    assertFails(
        StreetImages.predict(
            StreetImages.MASK2FORMER, images, output, "--task", "panoptic", "--colours", "camvid"),
        "19 classes",
        "the data set 11");
    assertFails(
        StreetImages.predict(
            StreetImages.MASK2FORMER, images, output, "--task", "panoptic", "--dump-tensors", "t"),
        "--dump-tensors takes one image and --task semantic");
    assertFails(
        StreetImages.predict(StreetImages.MASK2FORMER, images, output, "--score-threshold", "2"),
        "scoreThreshold is 2, must be within 0 and 1");
    assertThat(
            StreetImages.predict(StreetImages.MASK2FORMER, images, output, "--task", "depth")
                .status())
        .isEqualTo(2);
    assertThat(output).doesNotExist();
  }

  private static void assertFails(TinySweep.Run run, String... words) {
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSizeBetween(1, 2);
    assertThat(run.err()).contains(words);
  }

  @Test
  void imagesAreNumberedLikeTheirFilesWhereAllAreNumbers() {
    assertThat(ids("000007.png", "12.jpg")).isEqualTo("[7,12]");
    assertThat(ids("000007.png", "street.jpg")).isEqualTo("[\"000007\",\"street\"]");
    assertThat(ids("007.png", "7.jpg")).isEqualTo("[\"007\",\"7\"]");
    assertThat(ids("7.png", "7.jpg")).isEqualTo("[\"7.png\",\"7.jpg\"]");
  }

  private static String ids(String... names) {
    List<org.apache.hadoop.fs.Path> files =
        Arrays.stream(names).map(org.apache.hadoop.fs.Path::new).toList();
    ImageIds ids = ImageIds.of(files, ResultNames.of(files));
    return JsonText.of(
            json -> {
              json.writeStartArray();
              for (org.apache.hadoop.fs.Path file : files) {
                json.writeStartObject();
                ids.write(json, "id", file);
                json.writeEndObject();
              }
              json.writeEndArray();
            })
        .replaceAll("\\{\"id\":([^}]*)}", "$1");
  }
}
