using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Postbacks;

/// <summary>Where a partner wants to be told, and of what.</summary>
/// <remarks>Data of the partner, not of a contract: a new address changes no terms and no digest.</remarks>
public sealed record PostbackTerms : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The name of this target, such as <c>p-blog-tracker</c>; 1 to 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>The contract that it is about; unset for all contracts of the partner.</summary>
    public ContractId Contract { get; init; }

    /// <summary>The address.</summary>
    public required PostbackTemplate Address { get; init; }

    /// <summary>What the partner is told of; at least one.</summary>
    public required ValueList<PostbackState> On { get; init; }

    /// <summary>Reads terms; an address with an unknown macro is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static PostbackTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        string address = terms.Text("address");
        ValueList<Reason> wrong = PostbackTemplate.Check(address);
        foreach (Reason reason in wrong)
        {
            terms.Fail("address", reason.Code, $"The address cannot be called: {reason}.");
        }

        PostbackTerms found = new()
        {
            Name = terms.Text("name"),
            Partner = terms.Value<PartnerId>("partner"),
            Contract = terms.Value("contract", default(ContractId)),
            Address = wrong.Count == 0 ? PostbackTemplate.Parse(address) : null!,
            On = StatesOf(terms),
        };
        if (!Identifier.IsValid(found.Name))
        {
            terms.Fail("name", PostbackReasons.TargetMissing, "A target has a name of 1 to 64 characters.");
        }

        return found;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("name", Name);
        terms.Value("partner", Partner);
        terms.Value("contract", Contract, default);
        terms.Value("address", Address.Text);
        terms.Values("on", On.Select(static s => EnumText.Of(s)).ToValueList());
    }

    internal bool Wants(ContractId contract, PartnerId partner, PostbackState state) =>
        Partner == partner && (Contract.IsUnset || Contract == contract) && On.Contains(state);

    private static ValueList<PostbackState> StatesOf(TermReader terms)
    {
        List<PostbackState> states = [];
        foreach (string text in terms.Values<string>("on", 1))
        {
            if (EnumText.TryParse(text, out PostbackState state))
            {
                states.Add(state);
            }
            else
            {
                terms.Fail("on", PostbackReasons.StateUnknown, $"There is no state '{text}'.");
            }
        }

        if (states.Count == 0)
        {
            terms.Fail("on", PostbackReasons.StateUnknown, "A target is told of at least one state.");
        }

        return [.. states];
    }
}
