package io.videottt.catalog;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.folders.FileVideo;
import io.videottt.catalog.folders.FolderVideos;
import io.videottt.catalog.folders.FrameFile;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.StorageLocation;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a video's results depend on besides the program: the files that its frames and their ground
 * truth are read from, and how the catalogue says to read them. Folders are listed for it and no
 * byte is read. Names are relative to the folder of their kind, so that a data set that was moved
 * is the same.
 */
public final class VideoFiles {

  private static final String IMAGES = "images/";
  private static final String LABELS = "labels/";
  private static final String MASKS = "masks/";
  private static final String PANOPTIC = "panoptic.json";
  private static final String INSTANCES = "instances.json";
  private static final int CHUNK = 1 << 20;

  private final Layout layout;
  private final Configuration hadoop;
  private final Map<String, String> reading;
  private final Map<String, Entry> files = new TreeMap<>();

  /**
   * A file as its folder lists it.
   *
   * @param path where it is now
   * @param size bytes
   * @param modified time of its last change, milliseconds since 1970
   */
  public record Entry(Path path, long size, long modified) {}

  private VideoFiles(Layout layout, Map<String, String> reading, Configuration hadoop) {
    this.layout = layout;
    this.reading = reading;
    this.hadoop = hadoop;
  }

  /**
   * The files of a video.
   *
   * @param video opened without ground truth, which is not looked for in the files then
   */
  static VideoFiles of(
      DataSetDefinition definition, SplitDefinition split, Video video, Configuration hadoop) {
    VideoFiles all = new VideoFiles(definition.layout(), reading(definition, split), hadoop);
    if (video instanceof ShiftedVideo shifted) {
      all.reading.put("shift", shifted.stages().toString());
    }
    ShiftedVideo.files(video).ifPresent(files -> all.add(files, definition, split));
    return all;
  }

  private void add(FileVideo files, DataSetDefinition definition, SplitDefinition split) {
    Set<String> frames = addImages(files.frames());
    if (split.labels() != LabelPolicy.NONE) {
      Path root = StorageLocation.parse(definition.root(), "root");
      addTruth(root, split, files.id(), frames);
    }
  }

  /**
   * The files of several videos of one split.
   *
   * @param videos by id
   */
  static VideoFiles union(Map<String, VideoFiles> videos) {
    VideoFiles first = videos.values().iterator().next();
    VideoFiles all = new VideoFiles(first.layout, first.reading, first.hadoop);
    videos.forEach(
        (id, own) -> own.files.forEach((name, file) -> all.files.put(id + "/" + name, file)));
    return all;
  }

  /** How the files are read: what the catalogue says and results depend on, by what it is about. */
  public Map<String, String> reading() {
    return Collections.unmodifiableMap(reading);
  }

  /** The files by their names within the video, for example {@code images/0001.png}. */
  public Map<String, Entry> files() {
    return Collections.unmodifiableMap(files);
  }

  /** The tasks whose results a file, or something of {@link #reading}, bears on. */
  public Set<Task> tasks(String name) {
    if (name.equals(INSTANCES)) {
      return Set.of(Task.INSTANCE);
    }
    boolean segments = name.startsWith(MASKS) || name.equals(PANOPTIC);
    boolean objectsElsewhere =
        layout instanceof Layout.CocoVideos videos && !videos.instances().isEmpty()
            || name.startsWith(MASKS)
                && layout instanceof Layout.CocoPanoptic stills
                && !stills.instances().isEmpty();
    return segments && objectsElsewhere
        ? EnumSet.of(Task.SEMANTIC, Task.PANOPTIC)
        : EnumSet.allOf(Task.class);
  }

  /** The SHA-256 of a file's bytes, which are read for it. */
  public String sha256(String name) throws IOException {
    Path path = files.get(name).path();
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    try (FSDataInputStream stream = path.getFileSystem(hadoop).open(path)) {
      for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return Sha256.hex(digest);
  }

  private static Map<String, String> reading(DataSetDefinition definition, SplitDefinition split) {
    Map<String, String> reading = new TreeMap<>();
    for (ClassDefinition each : definition.classes()) {
      reading.put(
          "class %03d".formatted(each.id()),
          "%s (%s, label ids %s)"
              .formatted(each.name(), each.thing() ? "thing" : "stuff", each.sourceIds()));
    }
    reading.put("ignored labels", definition.ignoreLabels().toString());
    reading.put("frame rate", String.valueOf(split.framesPerSecond(definition)));
    reading.put("labels", split.labels().toString());
    Layout layout = definition.layout();
    String kind = layout.getClass().getSimpleName();
    if (layout instanceof Layout.Folders folders) {
      kind += ", " + folders.labelEncoding();
    } else if (layout instanceof Layout.CocoVideos videos) {
      kind += videos.stuffObjects() ? ", stuff counts as objects" : "";
    }
    reading.put("layout", kind);
    return reading;
  }

  /** Adds the images of frames; returns the frames' names. */
  private Set<String> addImages(List<FrameFile> frames) {
    Path common = null;
    Map<Path, Map<String, FileStatus>> folders = new HashMap<>();
    for (FrameFile frame : frames) {
      Path folder = frame.image().getParent();
      folders.computeIfAbsent(folder, this::list);
      common = common == null ? folder : common(common, folder);
    }
    Set<String> names = new HashSet<>();
    for (FrameFile frame : frames) {
      names.add(frame.name());
      FileStatus status = folders.get(frame.image().getParent()).get(frame.image().getName());
      if (status != null) {
        add(IMAGES + below(common, frame.image()), status);
      }
    }
    return names;
  }

  private static Path common(Path one, Path other) {
    Path common = one;
    while (common.getParent() != null && !isBelow(common, other)) {
      common = common.getParent();
    }
    return common;
  }

  private static boolean isBelow(Path folder, Path path) {
    for (Path each = path; each != null; each = each.getParent()) {
      if (each.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  private static String below(Path folder, Path file) {
    StringBuilder name = new StringBuilder(file.getName());
    for (Path each = file.getParent();
        each != null && !each.equals(folder);
        each = each.getParent()) {
      name.insert(0, each.getName() + "/");
    }
    return name.toString();
  }

  private void addTruth(Path root, SplitDefinition split, String video, Set<String> frames) {
    if (layout instanceof Layout.Folders folders) {
      String suffix = folders.labelSuffix();
      Path folder = StoredFiles.child(FolderVideos.folder(root, folders.labels(), split), video);
      addAll(
          LABELS,
          folder,
          name ->
              name.endsWith(suffix)
                  && frames.contains(name.substring(0, name.length() - suffix.length())));
    } else if (layout instanceof Layout.CocoVideos videos) {
      addFile(PANOPTIC, StoredFiles.child(child(root, videos.panoptic()), video + ".json"));
      addAll(MASKS, StoredFiles.child(child(root, videos.masks()), video), VideoFiles::isPng);
      if (!videos.instances().isEmpty()) {
        addFile(INSTANCES, StoredFiles.child(child(root, videos.instances()), video + ".json"));
      }
    } else if (layout instanceof Layout.CocoPanoptic stills) {
      addFile(PANOPTIC, place(root, stills.panoptic(), split));
      addAll(MASKS, place(root, stills.masks(), split), VideoFiles::isPng);
      if (!stills.instances().isEmpty()) {
        addFile(INSTANCES, place(root, stills.instances(), split));
      }
    } else if (layout instanceof Layout.CocoInstances stills) {
      addFile(INSTANCES, place(root, stills.instances(), split));
    }
  }

  private static Path child(Path root, String folder) {
    return folder.isEmpty() ? root : StoredFiles.child(root, folder);
  }

  private static Path place(Path root, String name, SplitDefinition split) {
    return child(root, name.replace(Layout.FOLDER, split.folder()));
  }

  private static boolean isPng(String name) {
    return name.endsWith(".png");
  }

  private void addAll(String kind, Path folder, Predicate<String> wanted) {
    list(folder)
        .forEach(
            (name, status) -> {
              if (wanted.test(name)) {
                add(kind + name, status);
              }
            });
  }

  private void addFile(String name, Path path) {
    FileStatus status = list(path.getParent()).get(path.getName());
    if (status != null) {
      add(name, status);
    }
  }

  private void add(String name, FileStatus status) {
    files.put(name, new Entry(status.getPath(), status.getLen(), status.getModificationTime()));
  }

  /** The files of a folder by name; none when it is not there, which is found when it is read. */
  private Map<String, FileStatus> list(Path folder) {
    Map<String, FileStatus> found = new HashMap<>();
    try {
      for (FileStatus status : FolderListing.of(folder, hadoop).children()) {
        if (!status.isDirectory()) {
          found.put(status.getPath().getName(), status);
        }
      }
    } catch (InvalidInputException e) {
      return Map.of();
    }
    return found;
  }
}
