using System.Buffers;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Bytes in one piece that a code is computed over: a short head, then the body.</summary>
internal ref struct SignedContent
{
    private readonly byte[]? rented;
    private readonly Span<byte> buffer;
    private int length;

    /// <summary>Starts with an empty head.</summary>
    /// <param name="small">Where the content goes if it fits.</param>
    /// <param name="capacity">The most bytes of the content.</param>
    internal SignedContent(Span<byte> small, int capacity)
    {
        rented = capacity > small.Length ? ArrayPool<byte>.Shared.Rent(capacity) : null;
        buffer = rented is null ? small : rented;
    }

    internal readonly ReadOnlySpan<byte> Bytes => buffer[..length];

    internal void Text(ReadOnlySpan<char> ascii) =>
        length += System.Text.Encoding.ASCII.GetBytes(ascii, buffer[length..]);

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer[length..]);
        length += bytes.Length;
    }

    internal readonly void Return()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
