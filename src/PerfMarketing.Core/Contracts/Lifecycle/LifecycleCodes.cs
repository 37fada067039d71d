namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>The codes of what a contract's lifecycle refuses.</summary>
public static class LifecycleCodes
{
    /// <summary>A stored event has a kind that this library does not know.</summary>
    public const string EventUnknown = "contract.event-unknown";

    /// <summary>The event lies before an earlier one, or outside the years for which periods are cut.</summary>
    public const string EventTime = "contract.event-time";

    /// <summary>The contract's state does not allow the event. Args: state, event.</summary>
    public const string TransitionRefused = "contract.transition-refused";

    /// <summary>
    /// The event is not this party's: a stranger, the maker of an offer who accepts it, or the like. Args: by, event.
    /// </summary>
    public const string PartyRefused = "contract.party-refused";

    /// <summary>No version of the contract with this number names the partner. Args: version.</summary>
    public const string VersionUnknown = "contract.version-unknown";

    /// <summary>The version has been accepted already; terms are accepted once. Args: version.</summary>
    public const string VersionAccepted = "contract.version-accepted";

    /// <summary>No offer of this version is open. Args: version.</summary>
    public const string OfferMissing = "contract.offer-missing";

    /// <summary>The contract agrees no days of notice, so changed terms need acceptance.</summary>
    public const string NoticeNotAgreed = "contract.notice-not-agreed";

    /// <summary>Notice was given before; it stands.</summary>
    public const string NoticeStands = "contract.notice-stands";

    /// <summary>
    /// A history has more than <see cref="ContractHistory.EventCountMax"/> events, or more than
    /// <see cref="ContractHistory.SharedEventCountMax"/> that concern every partner.
    /// </summary>
    public const string EventCount = "contract.event-count";
}
