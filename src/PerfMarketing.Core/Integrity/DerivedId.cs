namespace PerfMarketing.Integrity;

/// <summary>Makes ids out of everything that makes them unique, so that deciding again gives the same id.</summary>
/// <remarks>
/// The id is the first 128 bits of a SHA-256 as 32 lower-case hexadecimal digits. The digest is that of
/// <see cref="CanonicalWriter"/> over the purpose and the list of parts, each with its length: <c>("ab", "c")</c> and
/// <c>("a", "bc")</c> differ.
/// </remarks>
public static class DerivedId
{
    // Five ids of the greatest length take about as much.
    private const int OnStack = 1_024;

    /// <summary>The id of some parts.</summary>
    /// <param name="purpose">What the id names, such as <c>earning</c>; ids of two purposes never agree.</param>
    /// <param name="parts">
    /// All that makes the id unique, in a fixed order; null stands for absent and differs from empty.
    /// </param>
    public static string Of(string purpose, params ReadOnlySpan<string?> parts)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        int size = CanonicalWriter.SizeMax(purpose, parts);
        Span<byte> bytes = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        return Digest.Of(bytes[..CanonicalWriter.Write(bytes, purpose, parts)]).ToIdText();
    }
}
