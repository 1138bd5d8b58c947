package io.videottt.catalog;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.video.GrayVideo;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A data set whose root exists: its splits, and their videos. Thread-safe. */
public final class DataSet {

  private static final Set<Task> SEMANTIC_ONLY = Set.of(Task.SEMANTIC);

  private final DataSetDefinition definition;
  private final ShiftedVideos source;
  private final Configuration hadoop;

  private DataSet(DataSetDefinition definition, ShiftedVideos source, Configuration hadoop) {
    this.definition = definition;
    this.source = source;
    this.hadoop = hadoop;
  }

  /**
   * Opens a data set where its definition says that it is.
   *
   * @throws InvalidInputException when the root does not exist
   */
  public static DataSet of(DataSetDefinition definition, Configuration hadoop) {
    if (!definition.layout().computed()) {
      requireRoot(definition, hadoop);
    }
    ShiftedVideos source =
        new ShiftedVideos(definition.name(), definition.layout().open(definition, hadoop));
    return new DataSet(definition, source, hadoop);
  }

  private static void requireRoot(DataSetDefinition definition, Configuration hadoop) {
    String name = definition.name();
    String hint =
        "give its folder with --root or the environment variable " + Catalog.rootVariable(name);
    if (definition.root().isBlank()) {
      throw new InvalidInputException("data set %s has no root: %s".formatted(name, hint));
    }
    Path root = definition.rootFolder();
    if (!StoredFiles.isFolder(root, hadoop)) {
      throw new InvalidInputException(
          "data set %s: the root %s does not exist; %s".formatted(name, root, hint));
    }
  }

  /** What the catalogue says, with the root that is used. */
  public DataSetDefinition definition() {
    return definition;
  }

  /** The names of the splits, in the catalogue's order. */
  public Set<String> splits() {
    return definition.splits().keySet();
  }

  /**
   * The videos of a split in the catalogue's order, with semantic ground truth. Lists folders or
   * reads a COCO file's list of images (once), decodes no image.
   *
   * @throws InvalidInputException when the split is unknown, has no videos, or one of its videos
   *     has no frames
   */
  public List<Video> videos(String split) {
    return videos(split, SEMANTIC_ONLY);
  }

  /**
   * The videos of a split in the catalogue's order.
   *
   * @param tasks what the frames shall carry ground truth for
   * @throws InvalidInputException when the data set has no ground truth for a task, the split is
   *     unknown, has no videos, or one of its videos has no frames
   */
  public List<Video> videos(String split, Set<Task> tasks) {
    requireTasks(tasks);
    List<String> ids = videoIds(split);
    SplitDefinition splitDefinition = definition.split(split);
    return ids.stream().map(id -> open(splitDefinition, id, tasks)).toList();
  }

  /**
   * The videos of a split that can be opened, in the catalogue's order, and what is wrong with the
   * others. Lists folders, decodes no image.
   *
   * @param chosen ids of the videos that are asked for; empty for all
   * @param tasks what the frames shall carry ground truth for
   * @throws InvalidInputException when the data set has no ground truth for a task, or the split is
   *     unknown, has no videos, or has no video of an id
   */
  public SplitVideos open(String split, Collection<String> chosen, Set<Task> tasks) {
    requireTasks(tasks);
    SplitDefinition splitDefinition = definition.split(split);
    List<String> ids = videoIds(split);
    chosen.forEach(id -> requireVideo(split, ids, id));
    List<Video> videos = new ArrayList<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (String id : chosen.isEmpty() ? ids : chosen) {
      try {
        videos.add(open(splitDefinition, id, tasks));
      } catch (InvalidInputException e) {
        problems.put(id, e.getMessage());
      }
    }
    List<String> unmatched = new ArrayList<>();
    try {
      source.leftovers(splitDefinition).problems().forEach(p -> unmatched.add(p.getMessage()));
    } catch (InvalidInputException e) {
      unmatched.add(e.getMessage());
    }
    videos.forEach(video -> unmatched.addAll(video.unmatched()));
    return new SplitVideos(videos, problems, unmatched);
  }

  /**
   * What of the ground truth of some videos does not fit together and is taken as it stands, since
   * the data set is published. Reads the JSON files and, on all processors, the maps of the
   * annotated frames; those that cannot be read are passed over here and named where their frame is
   * read. A data set in another layout, or that is not published, costs nothing.
   *
   * @param ids videos of the split that can be opened
   * @param tasks what the ground truth is for
   * @return empty where nothing was found
   */
  public Map<TruthWarning, Tally.Found> warnings(
      String split, Collection<String> ids, Set<Task> tasks) {
    Tally<TruthWarning> found = new Tally<>(TruthWarning.class);
    Set<Task> annotated = annotated(tasks);
    if (definition.published()
        && !annotated.isEmpty()
        && definition.layout().listsSegments(annotated)) {
      SplitDefinition splitDefinition = definition.split(split);
      for (String id : ids) {
        Video video = source.video(splitDefinition, id, Set.of(Task.PANOPTIC));
        ShiftedVideo.files(video).map(WarningScan::of).ifPresent(found::add);
      }
    }
    return found.found();
  }

  /** A video of a split that {@link #videoIds} names, with all the ground truth that there is. */
  Video listed(String split, String id) {
    return source.video(definition.split(split), id, definition.layout().tasks());
  }

  /** What lies beside the videos of a split. */
  Leftovers leftovers(String split) {
    return source.leftovers(definition.split(split));
  }

  private void requireVideo(String split, List<String> ids, String id) {
    if (!ids.contains(id)) {
      throw new InvalidInputException(
          "data set %s: split %s has no video \"%s\"".formatted(definition.name(), split, id));
    }
  }

  /**
   * The ids of a split's videos in the catalogue's order.
   *
   * @throws InvalidInputException when the split is unknown or has no videos
   */
  public List<String> videoIds(String split) {
    SplitDefinition splitDefinition = definition.split(split);
    List<String> ids = source.videoIds(splitDefinition);
    if (ids.isEmpty()) {
      throw new InvalidInputException(
          "data set %s: split %s has no videos%s"
              .formatted(
                  definition.name(),
                  split,
                  definition.root().isEmpty() ? "" : " below " + definition.root()));
    }
    int limit = splitDefinition.limit();
    return limit > 0 && limit < ids.size() ? ids.subList(0, limit) : ids;
  }

  /**
   * Reads every file of the splits, counts, and collects what is missing or wrong without stopping.
   *
   * @param names the splits to look at
   * @throws InvalidInputException when there is no such split
   */
  public CatalogCheck check(Collection<String> names) {
    names.forEach(definition::split);
    return new CatalogCheck(
        definition, names.stream().map(name -> new CatalogChecker(this, name).check()).toList());
  }

  /**
   * One video of a split, with semantic ground truth.
   *
   * @throws InvalidInputException when the split has no such video
   */
  public Video video(String split, String id) {
    return video(split, id, SEMANTIC_ONLY);
  }

  /**
   * One video of a split.
   *
   * @param tasks what the frames shall carry ground truth for
   * @throws InvalidInputException when the split has no such video or the data set has no ground
   *     truth for a task
   */
  public Video video(String split, String id, Set<Task> tasks) {
    requireTasks(tasks);
    requireVideo(split, videoIds(split), id);
    return open(definition.split(split), id, tasks);
  }

  /**
   * The files that a video is read from, as their folders list them.
   *
   * @throws InvalidInputException when the split has no such video
   */
  public VideoFiles files(String split, String id) {
    requireVideo(split, videoIds(split), id);
    return VideoFiles.of(definition, definition.split(split), id, source, hadoop);
  }

  /**
   * The files of all videos of a split.
   *
   * @throws InvalidInputException when there is no such split or it has no videos
   */
  public VideoFiles files(String split) {
    Map<String, VideoFiles> videos = new LinkedHashMap<>();
    videoIds(split).forEach(id -> videos.put(id, files(split, id)));
    return VideoFiles.union(videos, hadoop);
  }

  /** Opens a video as the network shall see it: for colorization without its colours. */
  private Video open(SplitDefinition split, String id, Set<Task> tasks) {
    Set<Task> annotated = annotated(tasks);
    Video video = source.video(split, id, annotated);
    return annotated.equals(tasks) ? video : new GrayVideo(video, !split.monochrome());
  }

  /** Those of some tasks whose ground truth is an annotation. */
  private static Set<Task> annotated(Set<Task> tasks) {
    return tasks.stream().filter(task -> !task.seesGray()).collect(Collectors.toSet());
  }

  private void requireTasks(Set<Task> tasks) {
    if (tasks.size() > 1 && tasks.stream().anyMatch(Task::seesGray)) {
      throw new IllegalArgumentException("a network sees frames in colour or gray: " + tasks);
    }
    Set<Task> supported = definition.tasks();
    for (Task task : tasks) {
      if (!supported.contains(task)) {
        throw new InvalidInputException(
            "data set %s has no ground truth for %s; it has it for %s"
                .formatted(
                    definition.name(),
                    task.title(),
                    supported.stream().map(Task::id).sorted().collect(Collectors.joining(", "))));
      }
    }
  }
}
