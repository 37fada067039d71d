using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>What the parties of one contract did, in order: the stored form of its lifecycle.</summary>
public sealed record ContractHistory : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most events of one contract.</summary>
    public const int EventCountMax = 20_000;

    /// <summary>The most events that concern every partner of a contract.</summary>
    public const int SharedEventCountMax = 200;

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The events, none before an earlier one.</summary>
    public ValueList<ContractEvent> Events { get; init; } = [];

    /// <summary>Begins a history.</summary>
    /// <param name="contract">The contract's name.</param>
    public static ContractHistory Of(string contract) => new() { Contract = new(contract) };

    /// <summary>Reads a history.</summary>
    /// <param name="terms">The terms.</param>
    public static ContractHistory Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Contract = terms.Value<ContractId>("contract"),
            Events = [.. terms.List("events", ContractEvent.Read).OfType<ContractEvent>()],
        };
    }

    /// <summary>The history with one more event.</summary>
    /// <param name="next">The event.</param>
    public ContractHistory Then(ContractEvent next) => this with { Events = Events.Add(next) };

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("contract", Contract);
        terms.List("events", Events);
    }
}
