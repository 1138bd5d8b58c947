package io.videottt.catalog.scenes;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.shift.DamagedFrame;
import io.videottt.catalog.truth.SegmentTruth;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import java.util.Set;

/** A video whose frames are drawn when they are read. */
public final class GeneratedVideo implements Video {

  static final int HEIGHT = 96;
  static final int WIDTH = 160;

  private static final double STILLS_SPEED = 6;
  private static final Set<Task> SEMANTIC_ONLY = Set.of(Task.SEMANTIC);

  private final GeneratedClip clip;
  private final double framesPerSecond;
  private final Set<Task> tasks;
  private final SourceClasses classes;

  /** The street of a drive, {@code null} when every frame has its own. */
  private final StreetWorld drive;

  /**
   * @param tasks what the frames carry ground truth for; none where labels are not to be read
   * @param classes which classes have objects
   */
  GeneratedVideo(
      GeneratedClip clip, double framesPerSecond, Set<Task> tasks, SourceClasses classes) {
    this.clip = clip;
    this.framesPerSecond = framesPerSecond;
    this.tasks = Set.copyOf(tasks);
    this.classes = classes;
    this.drive = clip.stills() ? null : StreetBuilder.build(clip.streetSeed(0), clip.speed());
  }

  /** A video of pictures alone, without ground truth for any task. */
  public GeneratedVideo(GeneratedClip clip) {
    this(clip, 1 / GeneratedClip.SECONDS_PER_FRAME, Set.of(), null);
  }

  @Override
  public String id() {
    return clip.id();
  }

  @Override
  public int frameCount() {
    return clip.frames();
  }

  @Override
  public double framesPerSecond() {
    return framesPerSecond;
  }

  @Override
  public String frameName(int index) {
    return "%06d".formatted(index);
  }

  @Override
  public boolean annotated(int index) {
    return !tasks.isEmpty();
  }

  @Override
  public Frame read(int index) {
    SceneImage scene = scene(index);
    return new Frame(index, frameName(index), image(index, scene), truth(scene));
  }

  /** What the camera makes of the scene of a frame. */
  public RgbImage image(int index, SceneImage scene) {
    long seed = LatticeHash.child(~clip.seed(), index);
    RgbImage seen = new LookFilter(clip.lookAt(index), seed).apply(scene);
    return DamagedFrame.apply(seen, clip.corruptionsAt(index), LatticeHash.child(seed, 1));
  }

  private GroundTruth truth(SceneImage scene) {
    if (tasks.isEmpty()) {
      return GroundTruth.none();
    }
    // The scene has the labels: no segments need to be made for them.
    return tasks.equals(SEMANTIC_ONLY)
        ? GroundTruth.ofLabels(new LabelMap(scene.height(), scene.width(), scene.labels()))
        : new SegmentTruth(SceneTruth.tracked(scene), classes).of(tasks);
  }

  /** The scene of a frame with depths and object numbers. */
  public SceneImage scene(int index) {
    if (index < 0 || index >= clip.frames()) {
      throw new IndexOutOfBoundsException("frame %d of %d".formatted(index, clip.frames()));
    }
    StreetWorld world =
        clip.stills() ? StreetBuilder.build(clip.streetSeed(index), STILLS_SPEED) : drive;
    StreetCamera camera = clip.cameraAt(index, world.street());
    return new SceneRenderer(HEIGHT, WIDTH)
        .render(world.at(clip.secondsAt(index), camera.z()), camera);
  }
}
