package io.videottt.jobs.saved;

import io.videottt.base.Task;
import io.videottt.io.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Which files are kept of a task's predictions, and where.
 *
 * @param folder of what is scored and looked at
 * @param pictures folder of the small pictures that a video is made of
 * @param task of the predictions
 * @param kinds what is kept
 */
public record FrameFiles(Path folder, Path pictures, Task task, Set<SaveKind> kinds) {

  /** COCO's list of all frames' segments. */
  public static final String PANOPTIC = "panoptic.json";

  /** COCO's list of all frames' objects. */
  public static final String INSTANCES = "instances.json";

  private static final String PARTS = "_parts";

  /** Keeps the kinds from being changed. */
  public FrameFiles {
    kinds = SaveKind.set(kinds);
  }

  /** The same files elsewhere. */
  FrameFiles in(Path otherFolder, Path otherPictures) {
    return new FrameFiles(otherFolder, otherPictures, task, kinds);
  }

  /** The map of a frame's classes or segments, or its colours. */
  static String map(String name) {
    return name + ".png";
  }

  /** What is predicted, drawn over the frame. */
  static String overlay(String name) {
    return name + "-overlay.png";
  }

  /** A frame's small picture. */
  static String picture(String name) {
    return name + ".jpg";
  }

  private static String part(String name) {
    return name + ".json";
  }

  /** What the list of all frames will say about one. */
  Path partFile(String name) {
    return Storage.child(parts(), part(name));
  }

  /** Where the parts of the list of all frames are until it is written. */
  Path parts() {
    return new Path(folder, PARTS);
  }

  /** The list of all frames' segments or objects. */
  Path list() {
    return new Path(folder, listName());
  }

  private String listName() {
    return task == Task.PANOPTIC ? PANOPTIC : INSTANCES;
  }

  /** Whether every frame has a map; one of colours is what there is to look at, too. */
  boolean keepsMaps() {
    return task == Task.COLORIZATION
        ? kinds.contains(SaveKind.PREDICTIONS) || kinds.contains(SaveKind.OVERLAYS)
        : kinds.contains(SaveKind.PREDICTIONS) && task != Task.INSTANCE;
  }

  /** Whether every frame has a picture with the prediction drawn over it. */
  boolean keepsOverlays() {
    return kinds.contains(SaveKind.OVERLAYS) && task != Task.COLORIZATION;
  }

  /** Whether there is a list of all frames. */
  boolean keepsLists() {
    return kinds.contains(SaveKind.PREDICTIONS) && (task == Task.PANOPTIC || task == Task.INSTANCE);
  }

  /** Whether every frame has a small picture. */
  boolean keepsPictures() {
    return kinds.contains(SaveKind.VIDEO);
  }

  /**
   * The names of all files in the folder, when it is finished.
   *
   * @param frames names of all frames
   */
  public List<String> names(Collection<String> frames) {
    List<String> names = new ArrayList<>();
    if (keepsLists()) {
      names.add(listName());
    }
    for (String frame : frames) {
      if (keepsMaps()) {
        names.add(map(frame));
      }
      if (keepsOverlays()) {
        names.add(overlay(frame));
      }
    }
    return names;
  }

  /**
   * The names of all files in the folder of small pictures.
   *
   * @param frames names of all frames
   */
  public List<String> pictureNames(Collection<String> frames) {
    return keepsPictures() ? frames.stream().map(FrameFiles::picture).toList() : List.of();
  }

  /**
   * The frames of which a file is missing, while the list of all frames need not be written.
   *
   * @param names of all frames
   * @throws IOException when the folders cannot be listed
   */
  List<String> missing(Collection<String> names, Configuration hadoop) throws IOException {
    boolean looks = keepsMaps() || keepsOverlays() || keepsLists();
    Set<String> there = looks ? names(folder, hadoop) : Set.of();
    boolean listed = !keepsLists() || there.contains(listName());
    Set<String> parts = listed ? Set.of() : names(parts(), hadoop);
    Set<String> shown = keepsPictures() ? names(pictures, hadoop) : Set.of();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (keepsMaps() && !there.contains(map(name))
          || keepsOverlays() && !there.contains(overlay(name))
          || !listed && !parts.contains(part(name))
          || keepsPictures() && !shown.contains(picture(name))) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static Set<String> names(Path of, Configuration hadoop) throws IOException {
    try {
      return Arrays.stream(Storage.of(of, hadoop).fileSystem().listStatus(of))
          .filter(FileStatus::isFile)
          .map(status -> status.getPath().getName())
          .collect(Collectors.toSet());
    } catch (FileNotFoundException e) {
      return Set.of();
    }
  }

  /** Removes the files of frames that shall not be seen without the others. */
  void remove(Collection<String> names, Configuration hadoop) throws IOException {
    Storage storage = Storage.of(folder, hadoop);
    for (String name : names) {
      storage.delete(Storage.child(folder, map(name)));
      storage.delete(Storage.child(folder, overlay(name)));
      storage.delete(Storage.child(pictures, picture(name)));
    }
    storage.delete(new Path(folder, PANOPTIC));
    storage.delete(new Path(folder, INSTANCES));
    storage.delete(parts());
    storage.deleteIfEmpty(folder);
  }

  /** Moves everything to where others look for it, over what is there. */
  void moveTo(FrameFiles target, Configuration hadoop) throws IOException {
    move(folder, target.folder(), hadoop);
    move(parts(), target.parts(), hadoop);
    move(pictures, target.pictures(), hadoop);
  }

  private static void move(Path from, Path to, Configuration hadoop) throws IOException {
    Storage storage = Storage.of(to, hadoop);
    for (String name : names(from, hadoop)) {
      Path target = Storage.child(to, name);
      storage.fileSystem().mkdirs(to);
      storage.delete(target);
      if (!storage.fileSystem().rename(Storage.child(from, name), target)) {
        throw new IOException("%s cannot be moved to %s".formatted(name, to));
      }
    }
  }
}
