using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Says what a commit did; kept with its idempotency key.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Grown">Each stream that grew, in the order of the batch; empty when none did.</param>
public sealed record CommitReceipt(string Key, ValueList<StreamGrowth> Grown) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The receipt of a batch that was committed: the same whichever store committed it.</summary>
    /// <param name="batch">The batch.</param>
    public static CommitReceipt Of(CommitBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new(
            batch.Key,
            [
                .. batch.Appends.Where(static a => a.Records.Count > 0).Select(static a => new StreamGrowth(
                    a.Expected.Stream, a.Expected.Version, a.Expected.Version + a.Records.Count)),
            ]);
    }

    /// <summary>Reads a receipt.</summary>
    /// <param name="terms">The terms.</param>
    public static CommitReceipt Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.Text("key"), terms.List("grown", StreamGrowth.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("key", Key);
        terms.List("grown", Grown);
    }
}
