package io.videottt.catalog.coco;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The COCO files of a data set, each read once, when it is first asked for. Thread-safe. */
final class CocoFiles {

  private final Configuration hadoop;
  private final Map<Path, CocoSegmentList> segments = new ConcurrentHashMap<>();
  private final Map<Path, CocoObjectList> objects = new ConcurrentHashMap<>();

  CocoFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  Configuration hadoop() {
    return hadoop;
  }

  /** A panoptic file. */
  CocoSegmentList segments(Path file) {
    return segments.computeIfAbsent(file, path -> CocoSegmentList.read(path, hadoop));
  }

  /** An instance file. */
  CocoObjectList objects(Path file) {
    return objects.computeIfAbsent(file, path -> CocoObjectList.read(path, hadoop));
  }
}
