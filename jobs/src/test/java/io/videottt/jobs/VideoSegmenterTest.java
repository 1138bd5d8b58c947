package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.ml.ClassMasks;
import io.videottt.jobs.ml.ImageRows;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoSegmenterTest {

  private static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            DataTypes.createStructField("name", DataTypes.StringType, false),
            DataTypes.createStructField("image", ImageRows.SCHEMA, true)
          });

  /** Share of pixels that may change when images go through the network together. */
  private static final double ROUNDING = 1e-3;

  private static SparkSession spark;
  private static List<RgbImage> frames;
  private static List<LabelMap> expected;

  @TempDir private Path folder;

  @BeforeAll
  static void startSparkAndPredictOneByOne() {
    frames = StreetImages.frames(5);
    expected = StreetImages.predicted(StreetImages.MODEL, frames, WorkingSize.own());
    spark = SparkSessions.start("test", SparkSettings.DEFAULT.withDefaultMaster("local[2]"));
    // A few rows are read faster than code for them is compiled.
    spark.conf().set("spark.sql.codegen.wholeStage", false);
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static Dataset<Row> dataset(List<Row> images, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      rows.add(RowFactory.create("row " + i, images.get(i)));
    }
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
        SCHEMA);
  }

  private static List<Row> rows(List<RgbImage> images) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      rows.add(ImageRows.of(images.get(i), "image " + i));
    }
    return rows;
  }

  private static VideoSegmenter segmenter() {
    return new VideoSegmenter().setModelUrl(StreetImages.MODEL).setDevice("cpu");
  }

  private static List<LabelMap> masks(Dataset<Row> segmented) {
    return segmented.select("segmentation").collectAsList().stream()
        .map(row -> row.getStruct(0))
        .map(mask -> mask == null ? null : ClassMasks.mask(mask))
        .toList();
  }

  private static void assertEqual(List<LabelMap> actual, List<LabelMap> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).height()).isEqualTo(expected.get(i).height());
      assertThat(actual.get(i).width()).isEqualTo(expected.get(i).width());
      assertThat(actual.get(i).labels()).as("image %d", i).isEqualTo(expected.get(i).labels());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void masksEqualTheFramePredictorsWhateverThePartitions(int partitions) {
    Dataset<Row> segmented = segmenter().transform(dataset(rows(frames), partitions));

    assertThat(segmented.columns()).containsExactly("name", "image", "segmentation");
    assertThat(segmented.schema().apply("segmentation").dataType())
        .isEqualTo(VideoSegmenter.MASK_TYPE);
    assertEqual(masks(segmented), expected);
    assertThat(segmented.select("name").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("row 0", "row 1", "row 2", "row 3", "row 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {StreetImages.MODEL, StreetImages.MASK2FORMER})
  void imagesOfSeveralSizesInBatchesGiveWhatTheyGiveOneByOne(String model) {
    List<RgbImage> images = new ArrayList<>(frames);
    images.add(2, StreetImages.crop(frames.get(2), 64, 96));
    images.add(StreetImages.crop(frames.get(3), 64, 96));
    List<LabelMap> single = StreetImages.predicted(model, images, WorkingSize.own());

    List<LabelMap> together =
        masks(segmenter().setModelUrl(model).setBatchSize(2).transform(dataset(rows(images), 1)));

    assertThat(together).hasSameSizeAs(single);
    for (int i = 0; i < single.size(); i++) {
      int differing = 0;
      for (int pixel = 0; pixel < single.get(i).labels().length; pixel++) {
        differing += single.get(i).labels()[pixel] == together.get(i).labels()[pixel] ? 0 : 1;
      }
      assertThat(differing).isLessThanOrEqualTo((int) (ROUNDING * single.get(i).labels().length));
    }
  }

  @Test
  void theWorkingSizeIsTheNetworksAndMasksKeepTheImages() {
    List<LabelMap> halved =
        StreetImages.predicted(StreetImages.MODEL, frames.subList(0, 1), WorkingSize.fixed(48, 80));

    List<LabelMap> masks =
        masks(
            segmenter()
                .setHeight(48)
                .setWidth(80)
                .transform(dataset(rows(frames.subList(0, 1)), 1)));

    assertEqual(masks, halved);
    assertThat(masks.get(0).labels()).isNotEqualTo(expected.get(0).labels());
  }

  @Test
  void theSixFieldsMayBeColumnsOfTheirOwn() {
    Dataset<Row> fields = dataset(rows(frames.subList(0, 2)), 1).select("image.*");

    Dataset<Row> segmented = segmenter().setInputCols(fields.columns()).transform(fields);

    assertEqual(masks(segmented), expected.subList(0, 2));
  }

  @Test
  void sparksOwnImageSourceIsUnderstood() throws IOException {
    StreetImages.write(frames.get(0), folder.resolve("images/a.png"));
    Files.writeString(folder.resolve("images/b.png"), "no image");

    Dataset<Row> read = spark.read().format("image").load(folder.resolve("images").toString());
    List<LabelMap> masks = masks(segmenter().setHandleInvalid("skip").transform(read));

    assertEqual(masks, expected.subList(0, 1));
  }

  @Test
  void case01GrayFilesOfSparksImageSourceAreNotBrightened() throws IOException {
    RgbImage frame = frames.get(0);
    BufferedImage gray =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] equal = new byte[frame.pixels().length];
    for (int i = 0; i < equal.length; i++) {
      equal[i] = frame.pixels()[i / 3 * 3];
      int pixel = i / 3;
      gray.getRaster().setSample(pixel % frame.width(), pixel / frame.width(), 0, equal[i] & 0xff);
    }
    RgbImage threeChannels = new RgbImage(frame.height(), frame.width(), equal);
    Path file = Files.createDirectories(folder.resolve("gray")).resolve("a.png");
    ImageIO.write(gray, "png", file.toFile());

    Dataset<Row> read = spark.read().format("image").load(file.getParent().toString());

    assertThat(ImageRows.image(read.head().getStruct(0)).pixels()).isEqualTo(equal);
    assertThat(ImageDecoder.decodeColour(Files.readAllBytes(file), "a.png").pixels())
        .isEqualTo(equal);
    assertEqual(
        masks(segmenter().transform(read)),
        StreetImages.predicted(StreetImages.MODEL, List.of(threeChannels), WorkingSize.own()));
  }

  @Test
  void aSavedSegmenterLoadsWithAllItsParameters() throws IOException {
    String path = folder.resolve("segmenter").toString();
    VideoSegmenter saved =
        segmenter()
            .setBatchSize(7)
            .setHeight(48)
            .setWidth(80)
            .setInputCols("picture")
            .setOutputCol("mask")
            .setPrecision("bf16")
            .setHandleInvalid("keep");
    saved.save(path);

    VideoSegmenter loaded = VideoSegmenter.load(path);

    assertThat(loaded.uid()).isEqualTo(saved.uid());
    assertThat(loaded.params()).hasSize(10);
    for (Param<?> parameter : saved.params()) {
      assertThat(loaded.getOrDefault(loaded.getParam(parameter.name())))
          .as(parameter.name())
          .isEqualTo(saved.getOrDefault(parameter));
    }
  }

  @Test
  void aPipelineWithTheSegmenterIsSavedAndLoaded() throws IOException {
    String path = folder.resolve("pipeline").toString();
    Dataset<Row> images = dataset(rows(frames.subList(0, 2)), 2);
    PipelineModel pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  segmenter().setOutputCol("first"), segmenter().setOutputCol("segmentation")
                })
            .fit(images);
    pipeline.save(path);

    Dataset<Row> segmented = PipelineModel.load(path).transform(images);

    assertThat(segmented.columns()).containsExactly("name", "image", "first", "segmentation");
    assertEqual(masks(segmented), expected.subList(0, 2));
  }

  @Test
  void aCopyTakesTheExtraParametersAndLeavesTheOriginal() {
    VideoSegmenter original = segmenter();
    VideoSegmenter copy = original.copy(new ParamMap().put(original.outputCol(), "mask"));

    StructType schema = SCHEMA;
    assertThat(copy.transformSchema(schema).fieldNames()).containsExactly("name", "image", "mask");
    assertThat(original.transformSchema(schema).fieldNames())
        .containsExactly("name", "image", "segmentation");
    assertThat(copy.uid()).isEqualTo(original.uid());
  }

  @Test
  void nothingIsLoadedForNoImages() {
    VideoSegmenter nowhere = segmenter().setModelUrl(folder.resolve("none").toString());

    assertThat(masks(nowhere.transform(dataset(List.of(), 2)))).isEmpty();
    assertThatThrownBy(() -> masks(nowhere.transform(dataset(rows(frames.subList(0, 1)), 1))))
        .hasRootCauseInstanceOf(java.io.FileNotFoundException.class)
        .hasStackTraceContaining(folder.resolve("none").toString());
  }

  @Test
  void aTaskThatIsNotReadToItsEndFreesItsModel() {
    assertThat(masks(segmenter().transform(dataset(rows(frames), 1)).limit(1))).hasSize(1);
  }

  @Test
  void anImageThatCannotBeUsedFailsTheJobAndIsNamed() {
    Row good = ImageRows.of(frames.get(0), "good.png");
    assertThatThrownBy(
            () ->
                masks(
                    segmenter()
                        .transform(dataset(List.of(good, ImageRows.undefined("bad.png")), 1))))
        .hasRootCauseInstanceOf(InvalidInputException.class)
        .rootCause()
        .hasMessageContainingAll("bad.png", "could not be decoded");
    assertThatThrownBy(() -> masks(segmenter().transform(dataset(Arrays.asList(good, null), 1))))
        .rootCause()
        .hasMessageContaining("null");
  }

  @Test
  void rowsThatAreNoImageOfAKnownModeAreRefusedWithTheirOrigin() {
    byte[] data = new byte[6];
    assertNoImage("mode is 18, expected CV_8UC1 (0)", "x.png", 1, 2, 3, 18, data);
    assertNoImage("nChannels is 4, but mode 16 has 3", "x.png", 1, 2, 4, 16, data);
    assertNoImage("data has 6 bytes", "x.png", 2, 2, 3, 16, data);
    assertNoImage("data has 0 bytes", "x.png", 65_536, 65_536, 3, 16, new byte[0]);
    assertNoImage("data has 6 bytes", "x.png", -1, -2, 3, 16, data);
    assertNoImage("data has no bytes", "x.png", 1, 2, 3, 16, null);
    assertNoImage("mode is null", "x.png", 1, 2, 3, null, data);
    assertThatThrownBy(() -> ImageRows.image(RowFactory.create(null, 1, 2, 3, 18, data)))
        .hasMessageContaining("an image without origin: mode is 18");
  }

  private static void assertNoImage(String problem, Object... fields) {
    assertThatThrownBy(() -> ImageRows.image(RowFactory.create(fields)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("x.png: " + problem);
  }

  @Test
  void rowsWithoutAnImageAreSkippedOrKeptWhenAskedFor() {
    List<Row> images = new ArrayList<>(rows(frames.subList(0, 2)));
    images.add(0, null);
    images.add(2, ImageRows.undefined("broken.png"));
    Dataset<Row> dataset = dataset(images, 1);

    List<LabelMap> skipped =
        masks(segmenter().setHandleInvalid("skip").setBatchSize(1).transform(dataset));
    List<LabelMap> kept =
        masks(segmenter().setHandleInvalid("keep").setBatchSize(1).transform(dataset));

    assertEqual(skipped, expected.subList(0, 2));
    assertThat(kept).hasSize(4);
    assertThat(kept.get(0)).isNull();
    assertThat(kept.get(2)).isNull();
    assertEqual(List.of(kept.get(1), kept.get(3)), expected.subList(0, 2));
  }

  @Test
  void grayAndTransparentImagesAreReadAsTheirColours() {
    byte[] gray = {7, 9};
    byte[] transparent = {1, 2, 3, 99, 4, 5, 6, 99};

    assertThat(ImageRows.image(RowFactory.create("g", 1, 2, 1, 0, gray)).pixels())
        .containsExactly(7, 7, 7, 9, 9, 9);
    assertThat(ImageRows.image(RowFactory.create("t", 1, 2, 4, 24, transparent)).pixels())
        .containsExactly(3, 2, 1, 6, 5, 4);
  }

  @Test
  void aModelForColoursIsRefusedWithWhatItCanDo() {
    VideoSegmenter segmenter =
        segmenter().setModelUrl(StreetImages.MODEL.replace("demo/", "demo-colorization/"));

    assertThatThrownBy(() -> segmenter.transform(dataset(rows(frames), 1)).collectAsList())
        .hasStackTraceContaining(
            "semantic segmentation needs a model that predicts classes; this one can do"
                + " colorization only");
  }

  @Test
  void aWrongSchemaIsRefusedBeforeAnythingRuns() {
    assertRefused(segmenter().setInputCols("picture"), "no column picture", "name, image");
    assertRefused(segmenter().setInputCols("name"), "column name is string", "struct<origin");
    assertRefused(segmenter().setInputCols("name", "image"), "2 names", "one column of images");
    assertRefused(
        segmenter().setInputCols("name", "name", "name", "name", "name", "name"),
        "column name is string",
        "height",
        "int");
    assertRefused(segmenter().setOutputCol("name"), "column name already", "outputCol");
    assertRefused(segmenter().setHeight(48), "height 48 and width 0");
    assertRefused(segmenter().setDevice("tpu"), "'tpu'");
    assertThatThrownBy(() -> new VideoSegmenter().transform(dataset(List.of(), 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("modelUrl");
  }

  private static void assertRefused(VideoSegmenter segmenter, String... words) {
    assertThatThrownBy(() -> segmenter.transformSchema(SCHEMA))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void impossibleParametersAreRefusedWhenSet() {
    assertThatThrownBy(() -> segmenter().setBatchSize(0)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> segmenter().setHeight(-1)).hasMessageContaining("height");
    assertThatThrownBy(() -> segmenter().setEngine("TensorFlow")).hasMessageContaining("engine");
    assertThatThrownBy(() -> segmenter().setPrecision("half")).hasMessageContaining("precision");
    assertThatThrownBy(() -> segmenter().setHandleInvalid("drop"))
        .hasMessageContaining("handleInvalid");
  }
}
