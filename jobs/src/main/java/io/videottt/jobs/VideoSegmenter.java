package io.videottt.jobs;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.ml.ClassMasks;
import io.videottt.jobs.ml.ImageRows;
import io.videottt.jobs.ml.InvalidImages;
import io.videottt.jobs.ml.SegmentPartition;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.model.tensor.Precision;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A stage of a Spark ML pipeline that segments a column of images with a fixed model, h0(f0(x)).
 * Its parameters are named as in DJL's Spark extension.
 *
 * <p>In: Spark's image schema, one struct column ({@code inputCols} of one name, by default {@code
 * image}) or its six fields as columns of their own (six names in the order origin, height, width,
 * nChannels, mode, data). Images are CV_8UC1, CV_8UC3 or CV_8UC4, as Spark's image source writes
 * them; transparency is dropped.
 *
 * <p>Out: one more column, {@link #MASK_TYPE}: {@code height}, {@code width} and {@code classes},
 * [height * width] row by row, the class of every pixel as one unsigned byte, at the image's own
 * size. All other columns stay as they are, and so does the order of the rows.
 *
 * <p>Each partition loads the model when its first image comes and frees it at its end. Consecutive
 * images of one working size go through the network together, at most {@code batchSize}; with more
 * than one, a pixel may differ from a batch of one where the scores of two classes are equal up to
 * rounding.
 *
 * <p>A row whose image is null, undefined (a broken file, as Spark's image source writes it unless
 * {@code dropInvalid} is set) or of another mode is treated as {@code handleInvalid} says: {@code
 * error} fails the job and names the image's origin, {@code skip} leaves the row out, {@code keep}
 * gives it a null mask.
 */
public final class VideoSegmenter extends Transformer implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  /** The only engine there is. */
  private static final String ENGINE = "PyTorch";

  /** Type of the column of class masks. */
  public static final StructType MASK_TYPE = ClassMasks.SCHEMA;

  private final String uid;
  private final Param<String> engine;
  private final Param<String> modelUrl;
  private final StringArrayParam inputCols;
  private final Param<String> outputCol;
  private final IntParam batchSize;
  private final Param<String> device;
  private final IntParam height;
  private final IntParam width;
  private final Param<String> precision;
  private final Param<String> handleInvalid;

  /** A segmenter with an identifier of its own. */
  public VideoSegmenter() {
    this(Identifiable.randomUID("videoSegmenter"));
  }

  /**
   * A segmenter with a given identifier; Spark makes loaded ones this way.
   *
   * @param uid identifier of the stage
   */
  public VideoSegmenter(String uid) {
    // The parameters ask for the identifier while they are made.
    this.uid = uid;
    engine =
        new Param<>(
            this,
            "engine",
            "engine of the network",
            ParamValidators.inArray(new String[] {ENGINE}));
    modelUrl = new Param<>(this, "modelUrl", "model folder, any Hadoop path");
    inputCols =
        new StringArrayParam(
            this, "inputCols", "column of Spark's image schema, or its six fields as columns");
    outputCol = new Param<>(this, "outputCol", "column of class masks");
    batchSize =
        new IntParam(
            this, "batchSize", "most images of one pass of the network", ParamValidators.gtEq(1));
    device = new Param<>(this, "device", "auto, cpu or gpu:N");
    height =
        new IntParam(
            this,
            "height",
            "rows that the network works at, 0 for the image's own",
            ParamValidators.gtEq(0));
    width =
        new IntParam(
            this,
            "width",
            "columns that the network works at, 0 for the image's own",
            ParamValidators.gtEq(0));
    precision =
        new Param<>(
            this,
            "precision",
            "how the network computes: fp32, bf16 or fp16",
            ParamValidators.inArray(Precision.ids()));
    handleInvalid =
        new Param<>(
            this,
            "handleInvalid",
            "what becomes of rows without a usable image: error, skip or keep",
            ParamValidators.inArray(InvalidImages.words()));
    setDefault(engine, ENGINE);
    setDefault(inputCols, new String[] {"image"});
    setDefault(outputCol, "segmentation");
    setDefault(batchSize, 1);
    setDefault(device, DeviceChoice.AUTO);
    setDefault(height, 0);
    setDefault(width, 0);
    setDefault(precision, Precision.FP32.id());
    setDefault(handleInvalid, InvalidImages.ERROR.word());
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Engine of the network: PyTorch. */
  public Param<String> engine() {
    return engine;
  }

  /** Model folder, any Hadoop path that executors reach. */
  public Param<String> modelUrl() {
    return modelUrl;
  }

  /** Column of images, or the six columns of their fields. */
  public StringArrayParam inputCols() {
    return inputCols;
  }

  /** Column of class masks. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Most images of one pass of the network, at least 1. */
  public IntParam batchSize() {
    return batchSize;
  }

  /** Where the network runs: auto, cpu or gpu:N. */
  public Param<String> device() {
    return device;
  }

  /** Rows that the network works at; 0, with {@link #width()}, for the image's own. */
  public IntParam height() {
    return height;
  }

  /** Columns that the network works at; 0, with {@link #height()}, for the image's own. */
  public IntParam width() {
    return width;
  }

  /** How the network computes: fp32, bf16 or fp16. */
  public Param<String> precision() {
    return precision;
  }

  /** What becomes of rows without a usable image: error, skip or keep. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** Sets {@link #engine()}. */
  public VideoSegmenter setEngine(String value) {
    set(engine, value);
    return this;
  }

  /** Sets {@link #modelUrl()}. */
  public VideoSegmenter setModelUrl(String value) {
    set(modelUrl, value);
    return this;
  }

  /** Sets {@link #inputCols()}. */
  public VideoSegmenter setInputCols(String... value) {
    set(inputCols, value);
    return this;
  }

  /** Sets {@link #outputCol()}. */
  public VideoSegmenter setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets {@link #batchSize()}. */
  public VideoSegmenter setBatchSize(int value) {
    set(batchSize, value);
    return this;
  }

  /** Sets {@link #device()}. */
  public VideoSegmenter setDevice(String value) {
    set(device, value);
    return this;
  }

  /** Sets {@link #height()}. */
  public VideoSegmenter setHeight(int value) {
    set(height, value);
    return this;
  }

  /** Sets {@link #width()}. */
  public VideoSegmenter setWidth(int value) {
    set(width, value);
    return this;
  }

  /** Sets {@link #precision()}. */
  public VideoSegmenter setPrecision(String value) {
    set(precision, value);
    return this;
  }

  /** Sets {@link #handleInvalid()}. */
  public VideoSegmenter setHandleInvalid(String value) {
    set(handleInvalid, value);
    return this;
  }

  @Override
  public VideoSegmenter copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * The schema with the column of class masks.
   *
   * @throws InvalidInputException when an input column is missing or of another type, the output
   *     column is there already, or parameters contradict each other
   */
  @Override
  public StructType transformSchema(StructType schema) {
    requireParameters();
    String[] inputs = getOrDefault(inputCols);
    if (inputs.length == 1) {
      if (!ImageRows.isImage(field(schema, inputs[0]).dataType())) {
        throw new InvalidInputException(
            "column %s is %s, expected Spark's image schema: %s"
                .formatted(
                    inputs[0],
                    field(schema, inputs[0]).dataType().simpleString(),
                    ImageRows.SCHEMA.simpleString()));
      }
    } else {
      requireFields(schema, inputs);
    }
    String output = getOrDefault(outputCol);
    if (Arrays.asList(schema.fieldNames()).contains(output)) {
      throw new InvalidInputException(
          "there is a column %s already; choose another outputCol".formatted(output));
    }
    return schema.add(output, MASK_TYPE, true);
  }

  private void requireParameters() {
    DeviceChoice.check(getOrDefault(device));
    int rows = (int) getOrDefault(height);
    int columns = (int) getOrDefault(width);
    if ((rows == 0) != (columns == 0)) {
      throw new InvalidInputException(
          "height %d and width %d: set both, or neither".formatted(rows, columns));
    }
  }

  private static void requireFields(StructType schema, String[] inputs) {
    String[] names = ImageSchema.imageFields();
    if (inputs.length != names.length) {
      throw new InvalidInputException(
          "inputCols has %d names, expected one column of images or six: %s"
              .formatted(inputs.length, String.join(", ", ImageRows.SCHEMA.fieldNames())));
    }
    for (int i = 0; i < inputs.length; i++) {
      StructField expected = ImageRows.SCHEMA.apply(i);
      StructField actual = field(schema, inputs[i]);
      if (!actual.dataType().equals(expected.dataType())) {
        throw new InvalidInputException(
            "column %s is %s, expected the images' %s, which is %s"
                .formatted(
                    inputs[i],
                    actual.dataType().simpleString(),
                    expected.name(),
                    expected.dataType().simpleString()));
      }
    }
  }

  private static StructField field(StructType schema, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new InvalidInputException(
          "there is no column %s; the columns are %s"
              .formatted(name, String.join(", ", schema.fieldNames())));
    }
    return schema.apply(name);
  }

  /**
   * Adds the column of class masks. Nothing is read before the result is asked for.
   *
   * @throws InvalidInputException as for {@link #transformSchema}, and when there is no modelUrl
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    if (!isDefined(modelUrl)) {
      throw new InvalidInputException("modelUrl is not set: name the model's folder");
    }
    Configuration hadoop = dataset.sparkSession().sessionState().newHadoopConf();
    SegmentPartition segmentation =
        new SegmentPartition(
            SegmentPartition.qualified(getOrDefault(modelUrl), "modelUrl", hadoop),
            getOrDefault(device),
            (int) getOrDefault(height),
            (int) getOrDefault(width),
            Precision.of(getOrDefault(precision)),
            (int) getOrDefault(batchSize),
            InvalidImages.of(getOrDefault(handleInvalid)),
            new SerializableConfiguration(hadoop));
    return segmentation.apply(dataset.toDF(), images(), getOrDefault(outputCol));
  }

  private Column images() {
    String[] inputs = getOrDefault(inputCols);
    if (inputs.length == 1) {
      return column(inputs[0]);
    }
    Column[] fields = new Column[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      fields[i] = column(inputs[i]).as(ImageRows.SCHEMA.apply(i).name());
    }
    return functions.struct(fields);
  }

  /** A column by its whole name: dots in it select nothing. */
  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** Reads segmenters that were saved. */
  public static MLReader<VideoSegmenter> read() {
    return new DefaultParamsReadable<VideoSegmenter>() {}.read();
  }

  /**
   * Reads a segmenter that was saved.
   *
   * @param path where
   */
  public static VideoSegmenter load(String path) {
    return read().load(path);
  }
}
