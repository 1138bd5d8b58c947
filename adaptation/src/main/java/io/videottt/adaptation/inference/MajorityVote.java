package io.videottt.adaptation.inference;

import ai.djl.ndarray.NDArray;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.ColourTransform;
import io.videottt.adaptation.frames.CropPolicy;
import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.adaptation.frames.Resampler;
import io.videottt.adaptation.frames.WorkingSize.Size;
import io.videottt.adaptation.settings.PredictionSettings;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Majority vote with augmentation: the frame itself and random views of it are predicted, and every
 * pixel gets the class that most of them give it; {@link PredictionSettings} says how views are
 * drawn and ties decided. The draws depend on the unit's seed and the frame alone.
 */
final class MajorityVote implements SemanticInference {

  private final PredictionSettings settings;
  private final FramePredictor predictor;
  private final long unitSeed;

  /** A view of a frame, at working resolution. */
  private record View(Crop crop, RgbImage image) {}

  MajorityVote(PredictionSettings settings, FramePredictor predictor, long unitSeed) {
    this.settings = settings;
    this.predictor = predictor;
    this.unitSeed = unitSeed;
  }

  @Override
  public LabelMap infer(int frame, RgbImage working, FramePredictor.Output output) {
    LabelMap plain = predictor.labels(output);
    Ballot ballot = new Ballot(predictor.classCount(), plain);
    RandomGenerator random = Seeds.generator(unitSeed, frame, "votes");
    int left = settings.votes() - 1;
    while (left > 0) {
      List<View> views = new ArrayList<>();
      for (int view = 0; view < Math.min(left, settings.voteBatchSize()); view++) {
        views.add(draw(random, working));
      }
      FramePredictor.inScope(
          () -> {
            cast(views, new Size(working.height(), working.width()), ballot);
            return null;
          });
      left -= views.size();
    }
    return ballot.winners();
  }

  private View draw(RandomGenerator random, RgbImage working) {
    CropPolicy policy = new CropPolicy(settings.voteCropMinimum(), 1, 0, 0, true);
    Crop crop = policy.draw(random, new Size(working.height(), working.width()));
    ColourTransform colour = ColourTransform.jitter(random, working, settings.voteColourJitter());
    byte[] pixels = Resampler.image(working, crop, working.height(), working.width(), colour);
    return new View(crop, new RgbImage(working.height(), working.width(), pixels));
  }

  private void cast(List<View> views, Size size, Ballot ballot) {
    Prediction together = predictor.forward(views.stream().map(View::image).toList(), size);
    for (int view = 0; view < views.size(); view++) {
      NDArray scores = predictor.semanticScores(together.image(view), size.height(), size.width());
      ballot.add(FramePredictor.finite(scores), size, views.get(view).crop());
    }
  }

  /** The votes on every pixel of a frame, at its own resolution. */
  static final class Ballot {

    private final int classes;
    private final LabelMap plain;
    private final short[] counts;

    /**
     * @param classes K
     * @param plain the prediction of the frame itself, which is one of the votes
     */
    Ballot(int classes, LabelMap plain) {
      this.classes = classes;
      this.plain = plain;
      this.counts = new short[Math.multiplyExact(plain.labels().length, classes)];
      for (int pixel = 0; pixel < plain.labels().length; pixel++) {
        counts[pixel * classes + (plain.labels()[pixel] & 0xff)]++;
      }
    }

    /**
     * The votes of one view on the pixels whose centres it shows.
     *
     * @param scores [K, height, width] of the view
     * @param size of the scores and of the frame at working resolution
     * @param crop what the view shows of it
     */
    void add(float[] scores, Size size, Crop crop) {
      ScoreArgmax.Axis rows =
          ScoreArgmax.Axis.ofCrop(plain.height(), size.height(), crop.top(), crop.height(), false);
      ScoreArgmax.Axis columns =
          ScoreArgmax.Axis.ofCrop(
              plain.width(), size.width(), crop.left(), crop.width(), crop.mirrored());
      byte[] labels = ScoreArgmax.of(scores, classes, size.height(), size.width(), rows, columns);
      int next = 0;
      for (int y = 0; y < rows.count(); y++) {
        int start = (rows.first() + y) * plain.width() + columns.first();
        for (int x = 0; x < columns.count(); x++) {
          counts[(start + x) * classes + (labels[next++] & 0xff)]++;
        }
      }
    }

    LabelMap winners() {
      byte[] winners = new byte[plain.labels().length];
      for (int pixel = 0; pixel < winners.length; pixel++) {
        int best = plain.labels()[pixel] & 0xff;
        int own = counts[pixel * classes + best];
        for (int label = 0; label < classes; label++) {
          int count = counts[pixel * classes + label];
          if (count > own) {
            own = count;
            best = label;
          }
        }
        winners[pixel] = (byte) best;
      }
      return new LabelMap(plain.height(), plain.width(), winners);
    }
  }
}
