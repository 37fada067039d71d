using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <summary>What outcomes that name a parent take from it: renewals, deposits, instalments, sales of a lead.</summary>
/// <remarks>
/// Where anything is inherited, a child waits until its parent is known and decided. Later corrections of the parent do
/// not change the child: each is corrected by its own records.
/// </remarks>
public sealed record ChildTerms : ITerms
{
    /// <summary>The terms of a campaign that says nothing about children.</summary>
    public static ChildTerms Default { get; } = new();

    /// <summary>Who gets the credit: by default whoever got the parent's.</summary>
    public ChildSource Credits { get; init; } = ChildSource.Inherited;

    /// <summary>
    /// Which version of a contract prices it: by default the one in force when the child occurred. Inherited is the
    /// version that priced the parent, where the contract did and is in force for the child.
    /// </summary>
    public ChildSource Version { get; init; } = ChildSource.Own;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static ChildTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Credits = terms.Enum("credits", ChildSource.Inherited),
            Version = terms.Enum("version", ChildSource.Own),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("credits", Credits, ChildSource.Inherited);
        terms.Enum("version", Version, ChildSource.Own);
    }
}
