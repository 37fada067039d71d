using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>
/// An entry that holds what was earned because its evidence contradicts itself, or lets it go when that is settled.
/// </summary>
/// <remarks>
/// All holds of an earning together are the negative of what it is worth after its corrections while it is disputed,
/// and nothing otherwise. They change neither what it is worth nor tallies, limits and budgets: a retraction does. What
/// was paid already is owed back meanwhile.
/// </remarks>
public sealed record DisputeHold : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "dispute-hold";

    /// <summary>Makes a hold.</summary>
    public DisputeHold()
    {
    }

    [SetsRequiredMembers]
    private DisputeHold(TermReader terms)
        : base(terms, IdOf(terms))
    {
        Corrects = terms.Value<EntryId>("corrects");
        Number = terms.Int("number", 0);
        Reason = terms.Object("reason", Primitives.Reason.Read);
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The earning that is held or let go.</summary>
    public required EntryId Corrects { get; init; }

    /// <summary>The how manieth of the earning's holds it is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Why.</summary>
    public required Reason Reason { get; init; }

    /// <summary>The name of a hold of an earning.</summary>
    /// <param name="earning">The earning.</param>
    /// <param name="number">The how manieth it is, from 1.</param>
    public static EntryId IdOf(EntryId earning, int number) =>
        new(DerivedId.Of(TagName, earning.Value, InvariantText.Of(number)));

    internal static DisputeHold ReadCore(TermReader terms) => new(terms);

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Value("corrects", Corrects);
        terms.Integer("number", Number);
        terms.Terms("reason", Reason);
    }
}
