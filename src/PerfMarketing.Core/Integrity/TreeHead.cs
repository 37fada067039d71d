using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>What two parties compare to know that they see the same list: how long it is, and its root.</summary>
/// <param name="Size">How many leaves the tree has.</param>
/// <param name="Root">The root over them.</param>
public sealed record TreeHead(long Size, Digest Root) : ITerms
{
    /// <summary>Reads a head; a size below zero is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static TreeHead Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TreeHead head = new(terms.Integer("size"), terms.Value<Digest>("root"));
        if (head.Size < 0)
        {
            terms.Fail("size", TermCodes.Malformed, "A tree has no fewer than no leaves.");
        }

        return head;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("size", Size);
        terms.Value("root", Root);
    }
}
