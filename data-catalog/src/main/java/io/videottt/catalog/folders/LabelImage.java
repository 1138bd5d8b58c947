package io.videottt.catalog.folders;

import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.video.GroundTruth;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Semantic ground truth as an image of class ids. */
record LabelImage(Path path, LabelEncoding encoding, SourceClasses classes, Configuration hadoop)
    implements StoredTruth {

  @Override
  public String source() {
    return path.toString();
  }

  @Override
  public GroundTruth read(Problems problems) {
    LabelMap map = ImageDecoder.decodeLabels(StoredFiles.image(path, hadoop), source(), encoding);
    byte[] labels = map.labels();
    for (int i = 0; i < labels.length; i++) {
      int id = labels[i] & 0xff;
      int classId = classes.of(id);
      if (classId == SourceClasses.UNKNOWN) {
        throw classes.unknown(
            "%s: label id %d at row %d, column %d"
                .formatted(path, id, i / map.width(), i % map.width()));
      }
      labels[i] = (byte) classId;
    }
    return GroundTruth.ofLabels(map);
  }
}
