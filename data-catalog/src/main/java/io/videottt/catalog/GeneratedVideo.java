package io.videottt.catalog;

import io.videottt.metrics.Task;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A video whose frames are drawn when they are read. */
final class GeneratedVideo implements Video {

  static final int HEIGHT = 96;
  static final int WIDTH = 160;

  private static final double STILLS_SPEED = 6;

  private final GeneratedClip clip;
  private final double framesPerSecond;
  private final Set<Task> tasks;

  /** The street of a drive, {@code null} when every frame has its own. */
  private final StreetWorld drive;

  /**
   * @param tasks what the frames carry ground truth for; none where labels are not to be read
   */
  GeneratedVideo(GeneratedClip clip, double framesPerSecond, Set<Task> tasks) {
    this.clip = clip;
    this.framesPerSecond = framesPerSecond;
    this.tasks = Set.copyOf(tasks);
    this.drive = clip.stills() ? null : StreetBuilder.build(clip.streetSeed(0), clip.speed());
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
    LookFilter filter = new LookFilter(clip.lookAt(index), LatticeHash.child(~clip.seed(), index));
    return new Frame(index, frameName(index), filter.apply(scene), truth(scene));
  }

  private GroundTruth truth(SceneImage scene) {
    SceneTruth truth = new SceneTruth(scene);
    return new GroundTruth(
        when(Task.SEMANTIC, truth::labels),
        when(Task.PANOPTIC, truth::panoptic),
        when(Task.INSTANCE, truth::instances));
  }

  private <T> Optional<T> when(Task task, Supplier<T> truth) {
    return tasks.contains(task) ? Optional.of(truth.get()) : Optional.empty();
  }

  /** The scene of a frame with depths and object numbers. */
  SceneImage scene(int index) {
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
