using System.Buffers;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Settle;

/// <summary>Writes many small pieces of JSON to a stream through one buffer.</summary>
internal sealed class JsonLines(Stream target)
{
    private const int BufferSize = 1 << 16;

    private readonly ArrayBufferWriter<byte> buffer = new(2 * BufferSize);

    /// <summary>Writes a tree.</summary>
    /// <param name="node">The tree.</param>
    public void Write(TermNode node)
    {
        JsonText.Write(node, buffer);
        if (buffer.WrittenCount > BufferSize)
        {
            Flush();
        }
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    /// <summary>Hands all that was written to the stream.</summary>
    public void Flush()
    {
        target.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
