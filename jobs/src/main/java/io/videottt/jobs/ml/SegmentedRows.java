package io.videottt.jobs.ml;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition with class masks, in their order. The model is loaded for the first image
 * and freed after the last row.
 */
final class SegmentedRows implements Iterator<Row> {

  /** A row and its image; null when it has none that can be used. */
  private record Entry(Row row, RgbImage image) {}

  private final Iterator<Row> input;
  private final SegmentPartition settings;
  private final PartitionModel model;
  private final Deque<Row> ready = new ArrayDeque<>();
  private Entry pending;

  SegmentedRows(Iterator<Row> input, SegmentPartition settings, PartitionModel model) {
    this.input = input;
    this.settings = settings;
    this.model = model;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) {
      segment(nextBatch());
      if (ready.isEmpty()) {
        model.close();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Rows up to a full batch, or up to an image of another size than the batch's. */
  private List<Entry> nextBatch() {
    List<Entry> batch = new ArrayList<>();
    WorkingSize.Size size = null;
    while (batch.size() < settings.batchSize() && (pending != null || input.hasNext())) {
      Entry entry = pending == null ? read(input.next()) : pending;
      pending = null;
      if (entry.image() != null) {
        WorkingSize.Size own =
            settings.workingSize().of(entry.image().height(), entry.image().width());
        if (size != null && !size.equals(own)) {
          pending = entry;
          break;
        }
        size = own;
      } else if (settings.invalid() == InvalidImages.SKIP) {
        continue;
      }
      batch.add(entry);
    }
    return batch;
  }

  private Entry read(Row row) {
    try {
      return new Entry(row, ImageRows.image(row.getAs(row.size() - 1)));
    } catch (InvalidInputException e) {
      if (settings.invalid() == InvalidImages.ERROR) {
        throw new InvalidInputException(
            e.getMessage() + "\nleave it out, or set handleInvalid to skip or keep", e);
      }
      return new Entry(row, null);
    }
  }

  private void segment(List<Entry> batch) {
    List<RgbImage> images =
        batch.stream().map(Entry::image).filter(image -> image != null).toList();
    Iterator<LabelMap> masks =
        images.isEmpty() ? List.<LabelMap>of().iterator() : predict(images).iterator();
    for (Entry entry : batch) {
      Object[] values = new Object[entry.row().size()];
      for (int i = 0; i < values.length - 1; i++) {
        values[i] = entry.row().get(i);
      }
      values[values.length - 1] = entry.image() == null ? null : ClassMasks.of(masks.next());
      ready.add(RowFactory.create(values));
    }
  }

  private List<LabelMap> predict(List<RgbImage> images) {
    FramePredictor predictor = new FramePredictor(model.get(), settings.workingSize());
    return settings.precision().within(() -> predictor.predict(images));
  }
}
