package io.videottt.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import io.videottt.model.Parameter;
import io.videottt.model.folder.SegmentationModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.razorvine.pickle.Opcodes;

/** Named tensors, and the files that hold them. */
final class TestCheckpoint {

  /**
   * @param type F32, F16, BF16 or I64, whose bytes the values are
   */
  record TestTensor(String type, long[] shape, byte[] values) {

    static TestTensor of(Shape shape, float... values) {
      return new TestTensor("F32", shape.getShape(), bytes(values));
    }
  }

  private static final Map<String, String> NUMPY =
      Map.of("F32", "f4", "F16", "f2", "I64", "i8", "F64", "f8");
  private static final Map<String, String> TORCH =
      Map.of("F32", "Float", "F16", "Half", "BF16", "BFloat16", "I64", "Long");

  private final Map<String, TestTensor> tensors = new LinkedHashMap<>();

  /** The tensors of a model under detectron2's names, with the tables that those files have. */
  static TestCheckpoint detectron(SegmentationModel model) {
    TestCheckpoint checkpoint = new TestCheckpoint();
    for (Parameter parameter : model.parameters().all()) {
      String name = DetectronNames.theirs(parameter.name()).orElseThrow();
      checkpoint.append(name, parameter.value().getShape(), parameter.value().toFloatArray());
      if (name.endsWith("relative_position_bias_table")) {
        checkpoint.tensors.put(
            name.replace("bias_table", "index"),
            new TestTensor("I64", new long[] {1, 1}, new byte[8]));
      }
    }
    checkpoint.append("criterion.empty_weight", new Shape(5), new float[5]);
    return checkpoint;
  }

  /** The tensors of a model under their own names. */
  static TestCheckpoint ours(SegmentationModel model) {
    TestCheckpoint checkpoint = new TestCheckpoint();
    for (Parameter parameter : model.parameters().all()) {
      checkpoint.append(
          parameter.name(), parameter.value().getShape(), parameter.value().toFloatArray());
    }
    return checkpoint;
  }

  /** Queries, keys and values are one tensor in those files, one behind the other. */
  private void append(String name, Shape shape, float[] values) {
    TestTensor part = TestTensor.of(shape, values);
    tensors.merge(
        name,
        part,
        (before, after) -> {
          long[] whole = before.shape().clone();
          whole[0] += after.shape()[0];
          byte[] bytes = new byte[before.values().length + after.values().length];
          System.arraycopy(before.values(), 0, bytes, 0, before.values().length);
          System.arraycopy(after.values(), 0, bytes, before.values().length, after.values().length);
          return new TestTensor("F32", whole, bytes);
        });
  }

  Map<String, TestTensor> tensors() {
    return tensors;
  }

  TestCheckpoint renamed(UnaryOperator<String> renaming) {
    TestCheckpoint renamed = new TestCheckpoint();
    tensors.forEach((name, tensor) -> renamed.tensors.put(renaming.apply(name), tensor));
    return renamed;
  }

  TestCheckpoint converted(UnaryOperator<TestTensor> conversion) {
    TestCheckpoint converted = new TestCheckpoint();
    tensors.forEach((name, tensor) -> converted.tensors.put(name, conversion.apply(tensor)));
    return converted;
  }

  TestCheckpoint with(String name, TestTensor tensor) {
    TestCheckpoint more = renamed(UnaryOperator.identity());
    more.tensors.put(name, tensor);
    return more;
  }

  TestCheckpoint without(String... names) {
    TestCheckpoint less = renamed(UnaryOperator.identity());
    for (String name : names) {
      less.tensors.remove(name);
    }
    return less;
  }

  /** {"model": {name: array}, "__author__": "me"} as Python 3 pickles it. */
  byte[] numpyPickle(int protocol) {
    PickleWriter pickle = new PickleWriter(protocol).op(Opcodes.EMPTY_DICT, Opcodes.MARK);
    pickle.text("model").op(Opcodes.EMPTY_DICT, Opcodes.MARK);
    tensors.forEach((name, tensor) -> array(pickle.text(name), tensor));
    pickle.op(Opcodes.SETITEMS).text("__author__").text("me");
    return pickle.op(Opcodes.SETITEMS).stop();
  }

  /** The same as Python 2 pickles it: texts and data are byte strings. */
  byte[] python2Pickle() {
    PickleWriter pickle = new PickleWriter(2).op(Opcodes.EMPTY_DICT, Opcodes.MARK);
    pickle.byteString(latin1("model")).global("collections", "OrderedDict");
    pickle.op(Opcodes.EMPTY_LIST, Opcodes.MARK);
    tensors.forEach(
        (name, tensor) -> {
          pickle.op(Opcodes.EMPTY_LIST, Opcodes.MARK).byteString(latin1(name));
          pickle.global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
          pickle.tuple(0).byteString(latin1("b")).op(Opcodes.TUPLE3, Opcodes.REDUCE);
          pickle.op(Opcodes.MARK).integer(1).tuple(tensor.shape());
          dtype(pickle, tensor.type(), true).op(Opcodes.NEWFALSE).byteString(tensor.values());
          pickle.op(Opcodes.TUPLE, Opcodes.BUILD, Opcodes.APPENDS);
        });
    pickle.op(Opcodes.APPENDS, Opcodes.TUPLE1, Opcodes.REDUCE);
    return pickle.op(Opcodes.SETITEMS).stop();
  }

  static PickleWriter array(PickleWriter pickle, TestTensor tensor) {
    if (pickle.protocol() == 5) {
      pickle.global("numpy.core.numeric", "_frombuffer").op(Opcodes.MARK);
      pickle.op(Opcodes.BYTEARRAY8).number(tensor.values().length, 8).raw(tensor.values());
      dtype(pickle, tensor.type(), false).tuple(tensor.shape()).text("C");
      return pickle.op(Opcodes.TUPLE, Opcodes.REDUCE);
    }
    pickle.global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
    pickle.tuple(0).bytes(latin1("b")).op(Opcodes.TUPLE3, Opcodes.REDUCE);
    pickle.op(Opcodes.MARK).integer(1).tuple(tensor.shape());
    dtype(pickle, tensor.type(), false).op(Opcodes.NEWFALSE).bytes(tensor.values());
    return pickle.op(Opcodes.TUPLE, Opcodes.BUILD);
  }

  private static PickleWriter dtype(PickleWriter pickle, String type, boolean python2) {
    String code = NUMPY.get(type);
    pickle.global("numpy", "dtype");
    (python2 ? pickle.byteString(latin1(code)) : pickle.text(code)).integer(0).integer(1);
    pickle.op(Opcodes.TUPLE3, Opcodes.REDUCE, Opcodes.MARK).integer(3);
    (python2 ? pickle.byteString(latin1("<")) : pickle.text("<"))
        .op(Opcodes.NONE, Opcodes.NONE, Opcodes.NONE);
    return pickle.integer(-1).integer(-1).integer(0).op(Opcodes.TUPLE, Opcodes.BUILD);
  }

  /** Tensors of PyTorch in an ordinary pickle. */
  byte[] torchPickle(int protocol) {
    PickleWriter pickle = new PickleWriter(protocol).op(Opcodes.EMPTY_DICT, Opcodes.MARK);
    pickle.text("model").op(Opcodes.EMPTY_DICT, Opcodes.MARK);
    tensors.forEach(
        (name, tensor) -> {
          pickle.text(name).global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK);
          pickle.global("torch.storage", "_load_from_bytes").bytes(serializedStorage(tensor));
          view(pickle.op(Opcodes.TUPLE1, Opcodes.REDUCE), tensor);
        });
    return pickle.op(Opcodes.SETITEMS, Opcodes.SETITEMS).stop();
  }

  private static byte[] serializedStorage(TestTensor tensor) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] magic = {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8};
    bytes.writeBytes(
        new PickleWriter(2).op(Opcodes.LONG1).raw(10).raw(magic).raw(0x50, 0x19).stop());
    bytes.writeBytes(new PickleWriter(2).integer(1001).stop());
    bytes.writeBytes(
        new PickleWriter(2)
            .op(Opcodes.EMPTY_DICT)
            .text("little_endian")
            .op(Opcodes.NEWTRUE, Opcodes.SETITEM)
            .stop());
    bytes.writeBytes(persistent(new PickleWriter(2), tensor, "94").stop());
    bytes.writeBytes(
        new PickleWriter(2).op(Opcodes.EMPTY_LIST).text("94").op(Opcodes.APPEND).stop());
    bytes.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(elements(tensor)).array());
    bytes.writeBytes(tensor.values());
    return bytes.toByteArray();
  }

  private static PickleWriter persistent(PickleWriter pickle, TestTensor tensor, String key) {
    pickle.op(Opcodes.MARK).text("storage").global("torch", TORCH.get(tensor.type()) + "Storage");
    pickle.text(key).text("cpu").integer(elements(tensor));
    return pickle.op(Opcodes.TUPLE, Opcodes.BINPERSID);
  }

  private static void view(PickleWriter pickle, TestTensor tensor) {
    long[] strides = StoredTensor.Order.rowMajor(tensor.shape()).strides();
    pickle.integer(0).tuple(tensor.shape()).tuple(strides).op(Opcodes.NEWFALSE);
    pickle.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE, Opcodes.REDUCE);
    pickle.op(Opcodes.TUPLE, Opcodes.REDUCE);
  }

  private static long elements(TestTensor tensor) {
    long elements = 1;
    for (long size : tensor.shape()) {
      elements *= size;
    }
    return elements;
  }

  /**
   * An archive of torch.save.
   *
   * @param wrapped whether the state dict is the entry "model" beside an iteration
   */
  byte[] torchArchive(boolean wrapped) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    PickleWriter pickle = new PickleWriter(2);
    if (wrapped) {
      pickle.op(Opcodes.EMPTY_DICT, Opcodes.MARK).text("model");
    }
    pickle.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE, Opcodes.REDUCE);
    pickle.op(Opcodes.MARK);
    int key = 0;
    for (Map.Entry<String, TestTensor> tensor : tensors.entrySet()) {
      entries.put("data/" + key, tensor.getValue().values());
      pickle.text(tensor.getKey()).global("torch._utils", "_rebuild_tensor_v2");
      persistent(pickle.op(Opcodes.MARK), tensor.getValue(), Integer.toString(key++));
      view(pickle, tensor.getValue());
    }
    pickle.op(Opcodes.SETITEMS, Opcodes.EMPTY_DICT).text("_metadata").op(Opcodes.EMPTY_DICT);
    pickle.op(Opcodes.SETITEM, Opcodes.BUILD);
    if (wrapped) {
      pickle.text("iteration").integer(89_999).op(Opcodes.SETITEMS);
    }
    return archive(pickle.stop(), entries);
  }

  /** A zip file of stored entries as torch.save arranges them. */
  static byte[] archive(byte[] pickle, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "archive/data.pkl", pickle);
      store(zip, "archive/byteorder", latin1("little"));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        store(zip, "archive/" + entry.getKey(), entry.getValue());
      }
      store(zip, "archive/version", latin1("3\n"));
    }
    return bytes.toByteArray();
  }

  static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  byte[] safetensors() {
    return safetensors(length -> length);
  }

  /**
   * @param longer length of the table, which is filled up with spaces as the format allows
   */
  byte[] safetensors(IntUnaryOperator longer) {
    StringBuilder table = new StringBuilder("{\"__metadata__\": {\"format\": \"pt\"}");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tensors.forEach(
        (name, tensor) -> {
          table.append(
              ", \"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
                  .formatted(
                      name,
                      tensor.type(),
                      java.util.Arrays.toString(tensor.shape()),
                      data.size(),
                      data.size() + tensor.values().length));
          data.writeBytes(tensor.values());
        });
    byte[] written = table.append('}').toString().getBytes(StandardCharsets.UTF_8);
    byte[] json = Arrays.copyOf(written, longer.applyAsInt(written.length));
    Arrays.fill(json, written.length, json.length, (byte) ' ');
    return ByteBuffer.allocate(8 + json.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data.toByteArray())
        .array();
  }

  static byte[] bytes(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
