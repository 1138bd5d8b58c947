package io.videottt.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PreviewPictures;
import io.videottt.jobs.query.ShiftQueries;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.metrics.ColourCounts;
import io.videottt.reports.FrameShift;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames with their distance from training and what methods gain there. */
class ShiftJobTest {

  @TempDir private Path folder;

  private static FrameResult seen(FrameResult frame, byte[] input) {
    return SyntheticResults.with(
        new FramePreview(new byte[] {1}, Optional.of(input), Optional.empty()), frame);
  }

  private static byte[] picture(RgbImage image) {
    DataSetDefinition embedded = Catalog.builtIn().definition("embedded");
    return new PreviewPictures(PredictedClasses.of(embedded)).input(image);
  }

  /** A frame of a clear day, and one without any light. */
  private SyntheticResults results(String trainingImages, byte[] dark) throws IOException {
    RgbImage clear =
        Catalog.builtIn()
            .open("embedded", Optional.empty(), new Configuration())
            .videos("train")
            .get(0)
            .read(0)
            .image();
    SyntheticResults results = new SyntheticResults(folder);
    results.write(
        SyntheticResults.unit("0001", Methods.MAE_JOINT_TRAINING, 0),
        seen(SyntheticResults.frame(0, "0000", "0011"), picture(clear)),
        seen(SyntheticResults.frame(1, "0000", "0111"), dark));
    results.write(
        SyntheticResults.control("0001", trainingImages),
        SyntheticResults.frame(0, "0000", "0011"),
        SyntheticResults.frame(1, "0000", "0000"));
    return results;
  }

  private List<FrameShift> shifts(SyntheticResults results, StringBuilder leftOut)
      throws IOException {
    try (SparkSession spark = SyntheticResults.session()) {
      ShiftJob job = new ShiftJob(results.rows(spark), new Configuration());
      List<FrameShift> shifts =
          job.shifts(new ResultsFolder(folder.toString(), new Configuration()).inventory());
      leftOut.append(job.leftOut());
      return shifts;
    }
  }

  @Test
  void everyKeptFrameHasItsDistanceAndTheGainOfTheMethodThere() throws IOException {
    byte[] dark = picture(new RgbImage(96, 160, new byte[96 * 160 * 3]));
    StringBuilder leftOut = new StringBuilder();

    List<FrameShift> shifts = shifts(results("embedded/train", dark), leftOut);

    assertThat(leftOut).isEmpty();
    assertThat(shifts).hasSize(2).allMatch(shift -> shift.title().equals("Standardised Fixed"));
    assertThat(shifts.get(0).gain()).isZero();
    // IoU of class 0, the only one in the truth, from 1 of 4 pixels to all of them.
    assertThat(shifts.get(1).gain()).isCloseTo(100 - 25, within(1e-9));
    assertThat(shifts.get(0).distance()).isBetween(0.0, 60.0);
    assertThat(shifts.get(1).distance()).isGreaterThan(2 * shifts.get(0).distance());
  }

  @Test
  void withoutTrainingImagesOrWithAPictureThatIsNoneTheReasonIsTold() throws IOException {
    StringBuilder none = new StringBuilder();
    assertThat(shifts(results("", new byte[] {1, 2}), none)).isEmpty();
    assertThat(none.toString()).contains("no result tells which images the model was trained on");
  }

  @Test
  void aDataSetThatIsNotHereIsNamed() throws IOException {
    StringBuilder none = new StringBuilder();
    assertThat(shifts(results("my-own/train", new byte[] {1, 2}), none)).isEmpty();
    assertThat(none.toString())
        .isEqualTo(
            "No figure of the gain against the frames' distance from training: the training images"
                + " of my-own/train are in no built-in data set.");
  }

  @Test
  void grayFramesAreNotComparedWithTrainingImagesInColour() throws IOException {
    SyntheticResults results = results("embedded/train", new byte[] {1, 2});
    FrameScore score =
        new FrameScore.Colorization(new ColourCounts(5, 3, 0, 0), 1, 2, Optional.empty());
    byte[] gray = picture(new RgbImage(96, 160, new byte[96 * 160 * 3]));
    results.write(
        SyntheticResults.unit(Task.COLORIZATION, "0001", Methods.MAE_JOINT_TRAINING, 0),
        seen(SyntheticResults.frame(0, score), gray));
    try (SparkSession spark = SyntheticResults.session()) {
      Dataset<Row> frames = results.rows(spark);
      assertThat(ShiftQueries.inputs(frames).count()).isEqualTo(2);
      assertThat(ShiftQueries.inputs(frames.where("task = 'colorization'")).count()).isZero();
      assertThat(ShiftQueries.values(frames).where("task = 'colorization'").count()).isZero();
    }
  }

  @Test
  void aForeignPictureStopsNothing() throws IOException {
    StringBuilder none = new StringBuilder();
    assertThat(shifts(results("embedded/train", new byte[] {1, 2}), none)).isEmpty();
    assertThat(none.toString()).endsWith(": a kept picture cannot be read.");
  }
}
