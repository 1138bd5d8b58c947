package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.scenes.GeneratedClip.Stage;
import io.videottt.catalog.shift.Corruption;
import io.videottt.catalog.shift.Course;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The recipes of the embedded videos. */
public final class EmbeddedClips {

  private static final int SHORT = 40;
  private static final int LONG = 160;

  /** Trained weights are only good for these scenes: another seed makes another data set. */
  private static final long SEED = 20_230_711;

  private static final Map<String, GeneratedClip> CLIPS = new LinkedHashMap<>();

  static {
    stills("train-stills", 512, Look.CLEAR);
    stills("val-stills", 96, Look.CLEAR);
    drive("val-haze", SHORT, look(Course.RISES, new Look(0, 0.7, 0, 0.25, 0.1)));
    drive("val-evening", SHORT, look(Course.RISES, new Look(0.75, 0, 0, 0.3, 0.1)));
    drive("val-drizzle", SHORT, look(Course.PEAKS, new Look(0.2, 0.1, 0.6, 0, 0.35)));
    drive("test-dusk", SHORT, look(Course.RISES, new Look(0.9, 0, 0, 0, 0.1)));
    drive("test-fog", SHORT, look(Course.RISES, new Look(0, 1, 0, 0, 0.1)));
    drive("test-rain", SHORT, look(Course.RISES, new Look(0.3, 0.2, 1, 0, 0.3)));
    drive("test-cast", SHORT, look(Course.PEAKS, new Look(0.1, 0, 0, 1, 0.6)));
    // For long runs only: what it shows matters less than that it does not end.
    stills("soak", 2000, new Look(0.2, 0.1, 0.6, 0, 0.35));
    validation();
    rising();
    clear();
    constant();
    changing();
  }

  /** All of them by id. A clip's place decides its streets: new ones go to the end. */
  public static final Map<String, GeneratedClip> BY_ID = Collections.unmodifiableMap(CLIPS);

  private EmbeddedClips() {}

  // Full strengths are those at which the feature pyramid of conf/models/demo, not adapted, keeps
  // about half of its mIoU on the same frames of a clear day (docs/results/shifts.md).

  private static void validation() {
    Course course = Course.RISES_AND_FADES;
    drive("val-rising-evening", LONG, look(course, new Look(0.52, 0, 0, 0.2, 0.07)));
    drive("val-rising-haze", LONG, damage(course, Map.of(Corruption.HAZE, 0.43)));
    drive("val-rising-drizzle", LONG, look(course, new Look(0.17, 0.08, 0.5, 0, 0.3)));
    drive("val-rising-speckle", LONG, damage(course, Map.of(Corruption.SPECKLE, 0.18)));
    drive("val-clear-drive", LONG, look(course, Look.CLEAR));
  }

  private static void rising() {
    Course course = Course.RISES_AND_FADES;
    drive("test-rising-dusk", LONG, look(course, new Look(0.54, 0, 0, 0, 0.06)));
    drive("test-rising-fog", LONG, look(course, new Look(0, 0.58, 0, 0, 0.06)));
    drive("test-rising-rain", LONG, look(course, new Look(0.21, 0.14, 0.7, 0, 0.2)));
    drive("test-rising-cast", LONG, look(course, new Look(0.04, 0, 0, 0.4, 0.08)));
    drive("test-rising-low-light", LONG, damage(course, Map.of(Corruption.LOW_LIGHT, 0.37)));
    drive("test-rising-defocus", LONG, damage(course, Map.of(Corruption.DEFOCUS, 0.51)));
    drive("test-rising-jpeg", LONG, damage(course, Map.of(Corruption.JPEG, 0.78)));
  }

  private static void clear() {
    drive("test-clear-1", LONG, look(Course.CONSTANT, Look.CLEAR));
    drive("test-clear-2", LONG, look(Course.CONSTANT, Look.CLEAR));
  }

  private static void constant() {
    Course course = Course.CONSTANT;
    drive("test-constant-dusk", LONG, look(course, new Look(0.54, 0, 0, 0, 0.06)));
    drive("test-constant-fog", LONG, look(course, new Look(0, 0.53, 0, 0, 0.06)));
    drive("test-constant-low-light", LONG, damage(course, Map.of(Corruption.LOW_LIGHT, 0.37)));
  }

  private static void changing() {
    drive(
        "test-changing-fog-to-dusk",
        LONG,
        look(Course.GIVES_WAY, new Look(0, 0.6, 0, 0, 0.06)),
        look(Course.TAKES_OVER, new Look(0.54, 0, 0, 0, 0.06)));
    drive(
        "test-changing-rain-to-cast",
        LONG,
        look(Course.GIVES_WAY, new Look(0.2, 0.13, 0.68, 0, 0.2)),
        look(Course.TAKES_OVER, new Look(0.03, 0, 0, 0.33, 0.07)));
    drive(
        "test-changing-cast-to-low-light",
        LONG,
        look(Course.GIVES_WAY, new Look(0.03, 0, 0, 0.34, 0.07)),
        damage(Course.TAKES_OVER, Map.of(Corruption.LOW_LIGHT, 0.35)));
  }

  private static void stills(String id, int frames, Look look) {
    CLIPS.put(id, GeneratedClip.stills(id, frames, nextSeed(), look));
  }

  private static void drive(String id, int frames, Stage... stages) {
    CLIPS.put(id, GeneratedClip.drive(id, frames, nextSeed(), stages));
  }

  private static long nextSeed() {
    return LatticeHash.child(SEED, CLIPS.size());
  }

  private static Stage look(Course course, Look look) {
    return Stage.of(course, look);
  }

  private static Stage damage(Course course, Map<Corruption, Double> corruptions) {
    return new Stage(course, Look.CLEAR, corruptions);
  }
}
